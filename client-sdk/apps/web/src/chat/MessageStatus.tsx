import type { TimelineMessage } from '@magpie/sdk';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { errorText } from '../app/errorText';
import { useChat } from './chatContext';
import { StatusIcon } from './StatusIcon';

/** Under a message of mine: how far it got; in groups how many read it; failed: what to do. */
export function MessageStatus({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const { kind, handle, showReceipts } = useChat();
  if (!message.mine) return null;
  const { localId, seq, receipts, status } = message;

  if (status === 'failed') {
    return (
      <span className="message-failed">
        <StatusIcon status={status} />
        <span>
          {message.error === undefined
            ? t('status.failed')
            : t('message.retryHint', { reason: errorText(t, message.error) })}
        </span>
        {localId !== undefined && (
          <>
            <Button size="small" type="link" onClick={() => handle.retry(localId)}>
              {t('common.retry')}
            </Button>
            <Button size="small" type="link" danger onClick={() => handle.discard(localId)}>
              {t('common.discard')}
            </Button>
          </>
        )}
      </span>
    );
  }
  const counted = kind === 'group' && seq !== undefined && receipts !== undefined;
  if (!counted || receipts.total === 0) return <StatusIcon status={status} />;
  const counts = { read: receipts.read, total: receipts.total };
  return (
    <button
      type="button"
      className="read-count"
      aria-label={t('status.readOfHint', counts)}
      onClick={() => showReceipts(seq)}
    >
      <StatusIcon status={status} />
      {t('status.readOf', counts)}
    </button>
  );
}
