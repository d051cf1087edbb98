import type { Member } from '@magpie/sdk';
import { useMemo, useState } from 'react';
import { useChat } from '../chat/chatContext';
import { useMembers } from '../members/useMembers';
import type { Mentionable } from '../text/mentions';
import { ALL_NAMES } from './allNames';

export interface Mentioning {
  readonly members: readonly Member[];
  /** Everybody whose `@name` counts as a mention. */
  readonly people: readonly Mentionable[];
  readonly mayMentionAll: boolean;
  readonly remember: (chosen: Mentionable) => void;
}

/** The members are read when the first `@` is typed. */
export function useMentionable(text: string): Mentioning {
  const { handle, kind, role } = useChat();
  const members = useMembers(handle.id, text.includes('@'));
  const [chosen, setChosen] = useState<readonly Mentionable[]>([]);
  const mayMentionAll = kind === 'group' && role !== 'member';
  const people = useMemo(
    () => [
      // Who left while the message was written is a name in it, no mention any more.
      ...chosen.filter(({ id }) => id === 'all' || members.some(({ user }) => user.id === id)),
      ...members.map(({ user }) => ({ id: user.id, name: user.displayName })),
      ...(mayMentionAll ? ALL_NAMES.map((name) => ({ id: 'all', name })) : []),
    ],
    [chosen, members, mayMentionAll],
  );
  return {
    members,
    people,
    mayMentionAll,
    remember: (one) => setChosen((before) => [...before, { id: one.id, name: one.name }]),
  };
}
