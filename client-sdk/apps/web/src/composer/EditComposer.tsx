import type { TimelineMessage } from '@magpie/sdk';
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useChat } from '../chat/chatContext';
import { mentionsOf } from './composeDraft';
import { ComposerField } from './ComposerField';
import { useMentionable } from './useMentionable';

interface Props {
  readonly message: TimelineMessage;
  readonly onDone: () => void;
}

/** Stands in the composer's place while a message of mine is changed; the draft waits. */
export function EditComposer({ message, onDone }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const { handle } = useChat();
  const area = useRef<HTMLTextAreaElement>(null);
  const { body, seq } = message;
  const original = body === undefined || body.type === 'forward' ? '' : body.text;
  const [text, setText] = useState(original);
  const mentionable = useMentionable(text);
  const code = body?.type === 'code';

  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(original.length, original.length);
  }, [original]);

  const save = async () => {
    if (seq === undefined || text === original) return onDone();
    const mentions = code ? undefined : mentionsOf(text, mentionable.people);
    if (await act(handle.edit(seq, code ? text : text.trim(), mentions))) onDone();
  };

  return (
    <div className="composer editing">
      <div className="composer-bar">
        <span>{t('composer.editing')}</span>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('composer.cancel')}
          onClick={onDone}
        />
      </div>
      <ComposerField
        area={area}
        label={t('composer.label')}
        placeholder=""
        sendLabel={t('composer.save')}
        text={text}
        onText={setText}
        language={code ? (body.language ?? '') : undefined}
        mentionable={mentionable}
        onSend={() => void save()}
        onCancel={onDone}
      />
    </div>
  );
}
