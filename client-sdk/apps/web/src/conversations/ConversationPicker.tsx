import type { Conversation } from '@magpie/sdk';
import { useConversations } from '@magpie/sdk/react';
import { Input, type InputRef } from 'antd';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFirstFocus } from '../app/useFirstFocus';
import { Avatar } from '../people/Avatar';
import { arrangeConversations, filterConversations } from './arrangeConversations';
import { conversationName } from './conversationName';

const MOST = 50;

interface Props {
  readonly label: string;
  readonly chosen?: string | undefined;
  readonly onChoose: (conversation: Conversation) => void;
}

/** A field and the conversations that match it; arrow keys move, Enter chooses. */
export function ConversationPicker({ label, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const field = useRef<InputRef>(null);
  useFirstFocus(field);
  const { items } = useConversations();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const shown = filterConversations(arrangeConversations(items), query).slice(0, MOST);
  const current = shown[Math.min(active, shown.length - 1)];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, shown.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && current !== undefined) onChoose(current);
    else return;
    event.preventDefault();
  };

  return (
    <div className="people-picker">
      <Input
        ref={field}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current === undefined ? undefined : `${list}-${current.id}`}
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" className="plain-list scroll-box" aria-label={label}>
        {shown.map((one) => (
          <li
            key={one.id}
            id={`${list}-${one.id}`}
            role="option"
            aria-selected={one.id === (chosen ?? current?.id)}
            className={one === current ? 'option active' : 'option'}
            onClick={() => onChoose(one)}
            onKeyDown={undefined}
          >
            <Avatar
              id={one.peer?.id ?? one.id}
              name={conversationName(one)}
              picture={one.peer?.avatar}
              size={28}
            />
            <span dir="auto">{conversationName(one)}</span>
          </li>
        ))}
        {shown.length === 0 && <li className="hint">{t('list.noMatch')}</li>}
      </ul>
    </div>
  );
}
