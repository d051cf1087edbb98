import { CommentOutlined, PushpinFilled } from '@ant-design/icons';
import type { Body, TimelineMessage } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';
import { dayAndClock } from '../format/time';
import { visibleName } from '../text/visibleControls';
import { useChat } from './chatContext';
import { MessageBody } from './MessageBody';
import { MessageStatus } from './MessageStatus';
import { Quote } from './Quote';
import { Reactions } from './Reactions';

interface Props {
  readonly message: TimelineMessage;
  readonly body: Body;
  readonly inThread: boolean;
}

export function MessageContent({ message, body, inThread }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { me, openThread } = useChat();
  const { seq, forwardedFrom, editedAt, pin, replies = 0 } = message;
  return (
    <>
      {forwardedFrom !== undefined && (
        <div className="faint">
          {t('message.forwardedFrom', {
            name: visibleName(forwardedFrom.senderName),
            when: dayAndClock(new Date(forwardedFrom.at), locale),
          })}
        </div>
      )}
      {message.replyTo !== undefined && <Quote seq={message.replyTo} />}
      <div className="message-body" data-testid="message-body">
        <MessageBody body={body} mentions={message.mentions} me={me} />
      </div>
      {seq !== undefined && <Reactions seq={seq} reactions={message.reactions ?? []} />}
      <footer className="message-foot">
        {editedAt !== undefined && (
          <span title={t('message.editedAt', { when: dayAndClock(new Date(editedAt), locale) })}>
            {t('message.edited')}
          </span>
        )}
        {pin !== undefined && <PushpinFilled aria-label={t('message.pinned')} />}
        <MessageStatus message={message} />
        {!inThread && replies > 0 && seq !== undefined && (
          <button type="button" className="thread-link" onClick={() => openThread(seq)}>
            <CommentOutlined /> {t('message.replies', { count: replies })}
          </button>
        )}
      </footer>
    </>
  );
}
