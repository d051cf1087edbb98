import type { MessageStatus } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';

const SHAPES: Readonly<Record<MessageStatus, string>> = {
  queued: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3.5l2.2 1.3',
  sent: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3.5l2.2 1.3',
  stored: 'M3 8.5l3.2 3.2L13 4.8',
  delivered: 'M1 8.5l3.2 3.2L11 4.8M8 11.7L15 4.8',
  read: 'M1 8.5l3.2 3.2L11 4.8M8 11.7L15 4.8',
  failed: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.8v4M8 11v.4',
};

/** The ladder of a message of mine: clock, tick, double tick, coloured double tick, or failed. */
export function StatusIcon({ status }: { status: MessageStatus }) {
  const { t } = useTranslation();
  const label = t(`status.${status}`);
  return (
    <svg
      className={`status-icon status-${status}`}
      viewBox="0 0 16 16"
      width="14"
      height="14"
      role="img"
      aria-label={label}
      data-status={status}
    >
      <title>{label}</title>
      <path
        d={SHAPES[status]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
