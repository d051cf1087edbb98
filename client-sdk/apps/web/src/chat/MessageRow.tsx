import type { TimelineMessage } from '@magpie/sdk';
import { Checkbox } from 'antd';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';
import { clock, dayAndClock } from '../format/time';
import { UserAvatar } from '../people/UserAvatar';
import { useName } from '../people/useName';
import { useChat } from './chatContext';
import { MessageContent } from './MessageContent';
import { MessageToolbar } from './MessageToolbar';
import { RecalledLine } from './RecalledLine';
import { rememberText } from './recalledTexts';

interface Props {
  readonly message: TimelineMessage;
  readonly first: boolean;
  readonly inThread?: boolean;
  /** The row that Tab comes to; arrow keys move from there. */
  readonly tabStop?: boolean;
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, first, inThread = false, tabStop = false } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const { handle, selection, select } = useChat();
  const name = useName(message.sender);
  const [active, setActive] = useState(false);
  // While a menu of the toolbar is open the pointer is elsewhere, and the toolbar must stay.
  const [held, setHeld] = useState(false);
  const { seq, body, mine } = message;

  useEffect(() => {
    if (mine && seq !== undefined && body?.type === 'text') rememberText(handle.id, seq, body.text);
  }, [mine, seq, body, handle]);

  const at = new Date(message.at);
  const classes = ['message-row', first && 'first', mine && 'mine'].filter(Boolean).join(' ');
  return (
    <div
      className={classes}
      data-row
      data-seq={seq}
      data-key={message.key}
      tabIndex={tabStop ? 0 : -1}
      role="article"
      aria-label={`${name}, ${dayAndClock(at, locale)}`}
      onMouseEnter={() => setActive(true)}
      onMouseLeave={() => setActive(false)}
      onFocus={() => setActive(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
      }}
    >
      {selection !== undefined && seq !== undefined && body !== undefined && (
        <Checkbox
          className="select-box"
          checked={selection.has(seq)}
          aria-label={t('message.selectOne', { name })}
          onChange={(event) => select(seq, event.target.checked)}
        />
      )}
      <div className="message-avatar">{first && <UserAvatar id={message.sender} />}</div>
      <div className="message-main">
        {first && (
          <header className="message-head">
            <strong dir="auto">{name}</strong>
            <time dateTime={message.at} title={dayAndClock(at, locale)}>
              {clock(at, locale)}
            </time>
          </header>
        )}
        {body === undefined ? (
          <RecalledLine message={message} />
        ) : (
          <MessageContent message={message} body={body} inThread={inThread} />
        )}
      </div>
      {(active || held) && selection === undefined && seq !== undefined && body !== undefined && (
        <MessageToolbar message={message} seq={seq} inThread={inThread} onHold={setHeld} />
      )}
    </div>
  );
});
