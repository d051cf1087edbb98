import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';
import { longDay } from '../format/time';
import type { ChatRow } from './arrangeRows';
import { MessageRow } from './MessageRow';

export function MessageRows({ rows, inThread }: { rows: readonly ChatRow[]; inThread?: boolean }) {
  const last = rows.findLast((row) => row.kind === 'message');
  return rows.map((row) => {
    switch (row.kind) {
      case 'day':
        return <DayLine key={row.key} at={row.at} />;
      case 'unread':
        return <UnreadLine key={row.key} />;
      default:
        return (
          <MessageRow
            key={row.key}
            message={row.message}
            first={row.first}
            tabStop={row === last}
            inThread={inThread ?? false}
          />
        );
    }
  });
}

function DayLine({ at }: { at: Date }) {
  const day = longDay(at, useLocale());
  return (
    <div className="line day-line" role="separator" aria-label={day}>
      <span>{day}</span>
    </div>
  );
}

function UnreadLine() {
  const { t } = useTranslation();
  return (
    <div
      className="line unread-line"
      role="separator"
      aria-label={t('chat.unreadDivider')}
      data-unread
    >
      <span>{t('chat.unreadDivider')}</span>
    </div>
  );
}
