import { SendOutlined } from '@ant-design/icons';
import { useClient } from '@magpie/sdk/react';
import { Button } from 'antd';
import {
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useChat } from '../chat/chatContext';
import { composerAct } from './composerKeys';
import { ComposerTools } from './ComposerTools';
import { MentionList } from './MentionList';
import { useAutosize } from './useAutosize';
import type { Mentioning } from './useMentionable';
import { useMentionPopup } from './useMentionPopup';

interface Props {
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly label: string;
  readonly placeholder: string;
  readonly sendLabel: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Defined while a code snippet is written. */
  readonly language: string | undefined;
  /** Absent where the kind of message cannot be chosen. */
  readonly onLanguage?: (language: string | undefined) => void;
  readonly mentionable: Mentioning;
  readonly onSend: () => void;
  readonly onCancel: () => void;
  readonly onEditLast?: () => void;
}

const DEFAULT_LIMIT = 8000;

/** The text field with its keys, the list of people under an `@`, tools and the button. */
export function ComposerField(props: Props) {
  const { area, text, onText, language, mentionable, onSend, onCancel, onEditLast } = props;
  const { t } = useTranslation();
  const { me } = useChat();
  const limit = useClient().server?.limits.messageCodePoints ?? DEFAULT_LIMIT;
  const [caret, setCaret] = useState(text.length);
  const nextCaret = useRef<number>(undefined);
  const listId = useId();
  const code = language !== undefined;
  useAutosize(area, text);

  const put = (next: string, at: number) => {
    nextCaret.current = at;
    setCaret(at);
    onText(next);
  };
  useLayoutEffect(() => {
    if (nextCaret.current === undefined) return;
    area.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = undefined;
  }, [area, text]);

  const popup = useMentionPopup({
    text,
    caret,
    members: code ? [] : mentionable.members,
    me,
    mayMentionAll: !code && mentionable.mayMentionAll,
    onInsert: (next, at, mentioned) => {
      mentionable.remember(mentioned);
      put(next, at);
    },
  });

  const over = Array.from(text).length - limit;
  const ready = text.trim() !== '' && over <= 0;

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (popup.onKey(event)) return;
    const { isComposing } = event.nativeEvent;
    const { key, shiftKey, ctrlKey, metaKey, altKey, keyCode } = event;
    const pressed = { key, shiftKey, ctrlKey, metaKey, altKey, keyCode, isComposing };
    const act = composerAct(pressed, text === '', code ? 'mod' : 'enter');
    if (act === undefined) return;
    event.preventDefault();
    if (act === 'send' && ready) onSend();
    else if (act === 'cancel') onCancel();
    else if (act === 'edit-last') onEditLast?.();
  };

  const insert = (piece: string) => {
    const at = area.current?.selectionStart ?? text.length;
    put(text.slice(0, at) + piece + text.slice(at), at + piece.length);
    area.current?.focus();
  };

  return (
    <div className="composer-field">
      <MentionList
        id={listId}
        options={popup.options}
        current={popup.current}
        onChoose={popup.choose}
      />
      <textarea
        ref={area}
        className={code ? 'composer-text code' : 'composer-text'}
        rows={1}
        dir={code ? 'ltr' : 'auto'}
        spellCheck={!code}
        aria-label={props.label}
        aria-controls={popup.options.length > 0 ? listId : undefined}
        aria-activedescendant={
          popup.current === undefined ? undefined : `${listId}-${popup.current.id}`
        }
        placeholder={code ? t('composer.codePlaceholder') : props.placeholder}
        value={text}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          onText(event.target.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-tools">
        <ComposerTools
          language={language}
          onLanguage={props.onLanguage}
          onEmoji={insert}
          onMention={() => insert('@')}
        />
        {over > 0 && <span className="error-text">{t('composer.tooLong', { over })}</span>}
        <Button
          type="primary"
          icon={<SendOutlined />}
          aria-label={props.sendLabel}
          disabled={!ready}
          onClick={onSend}
        />
      </div>
    </div>
  );
}
