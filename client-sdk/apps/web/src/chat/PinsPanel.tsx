import type { Message } from '@magpie/sdk';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useLocale } from '../app/useLocale';
import { dayAndClock } from '../format/time';
import { useChat } from './chatContext';
import { mayPin } from './messageRights';
import { QuotedText } from './Quote';
import { SidePanel } from './SidePanel';

export function PinsPanel({ pins, onClose }: { pins: readonly Message[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel title={t('pins.title')} onClose={onClose}>
      {pins.length === 0 && <p className="hint">{t('pins.empty')}</p>}
      <ul className="plain-list">
        {pins.map((message) => (
          <PinnedMessage key={message.seq} message={message} />
        ))}
      </ul>
    </SidePanel>
  );
}

function PinnedMessage({ message }: { message: Message }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const act = useAct();
  const chat = useChat();
  const { jumpTo, handle } = chat;
  const until = message.pin?.until;
  return (
    <li className="pinned-message">
      <button
        type="button"
        className="quote"
        title={t('pins.go')}
        onClick={() => jumpTo(message.seq)}
      >
        <QuotedText message={message} />
      </button>
      <footer>
        {until !== undefined && (
          <span className="faint">
            {t('pins.until', { when: dayAndClock(new Date(until), locale) })}
          </span>
        )}
        {mayPin(chat) && (
          <Button size="small" type="link" onClick={() => void act(handle.unpin(message.seq))}>
            {t('message.unpin')}
          </Button>
        )}
      </footer>
    </li>
  );
}
