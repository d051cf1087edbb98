import type { PresenceState } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';

/** Differs by more than its colour: away is a ring, do not disturb has a bar. */
export function PresenceDot({ state }: { state: PresenceState }) {
  const { t } = useTranslation();
  const text = t(`presence.${state}`);
  return (
    <span className={`presence presence-${state}`} role="img" aria-label={text} title={text} />
  );
}
