import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { App } from 'antd';
import { errorText } from '../app/errorText';
import { useChat } from '../chat/chatContext';
import { composeDraft } from './composeDraft';
import { ComposerField } from './ComposerField';
import { ReplyBar } from './ReplyBar';
import { useDraftText } from './useDraftText';
import { useMentionable } from './useMentionable';

export interface ComposerControl {
  focus(): void;
  write(text: string): void;
}

interface Props {
  readonly placeholder: string;
  readonly replyTo: number | undefined;
  readonly onCancel: () => void;
  readonly onSent: () => void;
  readonly onEditLast: () => void;
  readonly control: Ref<ComposerControl>;
}

/** Writes new messages into the conversation. */
export function Composer(props: Props) {
  const { placeholder, replyTo, onCancel, onSent, onEditLast, control } = props;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { handle } = useChat();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text, write, sent } = useDraftText(handle, area, replyTo);
  const [language, setLanguage] = useState<string>();
  const mentionable = useMentionable(text);

  useImperativeHandle(control, () => ({
    focus: () => area.current?.focus(),
    write: (next) => {
      write(next);
      area.current?.focus();
    },
  }));

  const send = () => {
    const code = language === undefined ? undefined : { language };
    const { people } = mentionable;
    try {
      // A refusal by the server shows on the message itself.
      const draft = composeDraft({ text, code, people, replyTo, thread: undefined });
      const { queued, stored } = handle.send(draft);
      stored.catch(() => undefined);
      sent(queued);
    } catch (error) {
      message.error(errorText(t, error));
      return;
    }
    setLanguage(undefined);
    onSent();
  };

  return (
    <div className="composer">
      {replyTo !== undefined && <ReplyBar seq={replyTo} onCancel={onCancel} />}
      <ComposerField
        area={area}
        label={t('composer.label')}
        placeholder={placeholder}
        sendLabel={t('composer.send')}
        text={text}
        onText={(next) => {
          write(next);
          if (next !== '') handle.typing();
        }}
        language={language}
        onLanguage={setLanguage}
        mentionable={mentionable}
        onSend={send}
        onCancel={onCancel}
        onEditLast={onEditLast}
      />
    </div>
  );
}
