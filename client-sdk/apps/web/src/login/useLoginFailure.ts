import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, errorText } from '../app/errorText';

/** Why the login failed; after too many attempts it counts down the seconds until the next one. */
export function useLoginFailure() {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>();
  const [seconds, setSeconds] = useState(0);

  useEffect(() => {
    if (seconds <= 0) return undefined;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);

  const show = (failure: unknown) => {
    setError(failure);
    setSeconds(Math.ceil(waitOf(failure) / 1000));
  };
  const clear = () => setError(undefined);

  return { text: textOf(), waiting: seconds > 0, show, clear };

  function textOf(): string | undefined {
    if (error === undefined) return undefined;
    if (seconds > 0) return t('login.wait', { seconds });
    if (codeOf(error) === 'http_error') return t('login.unreachable');
    return errorText(t, error);
  }
}

function waitOf(error: unknown): number {
  const wait =
    typeof error === 'object' && error !== null && 'retryAfterMs' in error ? error.retryAfterMs : 0;
  return typeof wait === 'number' && codeOf(error) === 'rate_limited' ? wait : 0;
}
