import type { Presence } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';
import { useNow } from '../app/useNow';
import { shortWhen } from '../format/time';
import { statusLine } from './statusLine';

/** How somebody is there in words: state or last seen, and the own status. */
export function PresenceLine({ presence }: { presence: Presence }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const { state, status, lastSeenAt } = presence;
  const there =
    state === 'offline' && lastSeenAt !== undefined
      ? t('presence.lastSeen', { when: shortWhen(new Date(lastSeenAt), new Date(now), locale) })
      : t(`presence.${state}`);
  return (
    <span data-testid="presence">
      {there}
      {status !== undefined && (
        <>
          {' · '}
          <bdi>{statusLine(status)}</bdi>
        </>
      )}
    </span>
  );
}
