import type { Message } from '@magpie/sdk';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreviewText } from '../conversations/usePreviewText';
import { useName } from '../people/useName';
import { useChat } from './chatContext';

/** The message that another one answers; a click goes to it. */
export function Quote({ seq }: { seq: number }) {
  const { t } = useTranslation();
  const { jumpTo } = useChat();
  const quoted = useMessage(seq);
  if (quoted === undefined) return <div className="quote">…</div>;
  if (quoted === 'missing') return <div className="quote">{t('message.quoteMissing')}</div>;
  return (
    <button
      type="button"
      className="quote"
      title={t('message.quoteJump')}
      onClick={() => jumpTo(quoted.thread ?? seq)}
    >
      <QuotedText message={quoted} />
    </button>
  );
}

export function QuotedText({ message }: { message: Pick<Message, 'sender' | 'body'> }) {
  const name = useName(message.sender);
  const text = usePreviewText(message);
  return (
    <>
      <strong dir="auto">{name}</strong> <span dir="auto">{text}</span>
    </>
  );
}

function useMessage(seq: number): Message | 'missing' | undefined {
  const { handle } = useChat();
  const [message, setMessage] = useState<Message | 'missing'>();
  useEffect(() => {
    let current = true;
    handle.message(seq).then(
      (found) => current && setMessage(found),
      () => current && setMessage('missing'),
    );
    return () => {
      current = false;
    };
  }, [handle, seq]);
  return message;
}
