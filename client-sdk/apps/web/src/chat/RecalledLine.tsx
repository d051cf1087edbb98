import type { TimelineMessage } from '@magpie/sdk';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '../people/useName';
import { useChat } from './chatContext';
import { recalledText } from './recalledTexts';

/** Stands where a message was; whoever wrote it here a moment ago may edit it again. */
export function RecalledLine({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const { me, write, handle } = useChat();
  const by = message.recalledBy ?? message.sender;
  const name = useName(by);
  const text = message.seq === undefined ? undefined : recalledText(handle.id, message.seq);
  return (
    <div className="system-line">
      {by === me ? t('message.recalledByMe') : t('message.recalledBy', { name })}
      {message.mine && text !== undefined && (
        <Button type="link" size="small" onClick={() => write(text)}>
          {t('message.reedit')}
        </Button>
      )}
    </div>
  );
}
