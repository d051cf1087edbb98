import type { Member } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useCallback, useEffect, useState } from 'react';
import { allPages } from '../app/allPages';
import { useConversationEvents } from '../chat/useConversationEvents';

/** All members of a conversation, read page by page and again whenever somebody joins or leaves. */
export function useMembers(id: string, wanted = true): readonly Member[] {
  const handle = useClient().conversation(id);
  const [members, setMembers] = useState<readonly Member[]>([]);
  const [round, setRound] = useState(0);
  useConversationEvents(
    id,
    'member.',
    useCallback(() => setRound((count) => count + 1), []),
  );

  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    allPages((cursor) => handle.members(cursor)).then(
      (all) => current && setMembers(all),
      // Without a connection the last known list stays; the next event or opening reads it again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [handle, wanted, round]);
  return members;
}
