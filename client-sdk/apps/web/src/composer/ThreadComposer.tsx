import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../app/errorText';
import { useChat } from '../chat/chatContext';
import { composeDraft } from './composeDraft';
import { ComposerField } from './ComposerField';
import { useMentionable } from './useMentionable';

/** Writes into a thread. Threads keep no draft. */
export function ThreadComposer({ seq, onCancel }: { seq: number; onCancel: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { handle } = useChat();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [language, setLanguage] = useState<string>();
  const mentionable = useMentionable(text);
  useEffect(() => area.current?.focus(), [seq]);

  const send = () => {
    const code = language === undefined ? undefined : { language };
    const { people } = mentionable;
    try {
      handle
        .send(composeDraft({ text, code, people, replyTo: undefined, thread: seq }))
        .stored.catch(() => undefined);
    } catch (error) {
      message.error(errorText(t, error));
      return;
    }
    setText('');
    setLanguage(undefined);
  };

  return (
    <div className="composer">
      <ComposerField
        area={area}
        label={t('composer.threadPlaceholder')}
        placeholder={t('composer.threadPlaceholder')}
        sendLabel={t('composer.send')}
        text={text}
        onText={setText}
        language={language}
        onLanguage={setLanguage}
        mentionable={mentionable}
        onSend={send}
        onCancel={onCancel}
      />
    </div>
  );
}
