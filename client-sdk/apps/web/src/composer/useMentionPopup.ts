import type { Member } from '@magpie/sdk';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { insertMention, mentionQueryAt, type Mentionable } from '../text/mentions';
import { matchMentionable, type MentionOption } from './matchMentionable';

interface Options {
  readonly text: string;
  readonly caret: number;
  readonly members: readonly Member[];
  readonly me: string;
  readonly mayMentionAll: boolean;
  readonly onInsert: (text: string, caret: number, mentioned: Mentionable) => void;
}

/** The list of people under an `@` that is being typed, and its keys. */
export function useMentionPopup(options: Options) {
  const { text, caret, members, me, mayMentionAll, onInsert } = options;
  const { t } = useTranslation();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const found = mentionQueryAt(text, caret);
  const all = mayMentionAll ? t('composer.all') : undefined;
  const shown =
    found === undefined || dismissed === found.start
      ? []
      : matchMentionable(members, me, found.query, all);
  const current = shown[Math.min(active, shown.length - 1)];

  const choose = (option: MentionOption) => {
    if (found === undefined) return;
    const next = insertMention(text, caret, found, option.name);
    setActive(0);
    onInsert(next.text, next.caret, option);
  };

  /** Whether the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (current === undefined || event.nativeEvent.isComposing) return false;
    const count = shown.length;
    const at = shown.indexOf(current);
    if (event.key === 'ArrowDown') setActive((at + 1) % count);
    else if (event.key === 'ArrowUp') setActive((at + count - 1) % count);
    else if (event.key === 'Escape') setDismissed(found?.start);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(current);
    else return false;
    event.preventDefault();
    return true;
  };

  return { options: shown, current, choose, onKey };
}
