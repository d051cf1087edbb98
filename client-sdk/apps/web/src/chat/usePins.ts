import type { Message } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useCallback, useEffect, useState } from 'react';
import { useConversationEvents } from './useConversationEvents';

/** The pinned messages, the latest pin first; one that ends by itself goes with its event. */
export function usePins(id: string): readonly Message[] {
  const handle = useClient().conversation(id);
  const [pins, setPins] = useState<readonly Message[]>([]);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  useConversationEvents(id, 'message.pinned', again);
  useConversationEvents(id, 'message.unpinned', again);
  useConversationEvents(id, 'message.recalled', again);
  useConversationEvents(id, 'message.edited', again);

  useEffect(() => {
    let current = true;
    handle.pins().then(
      (page) => {
        if (current) setPins(page.items);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [handle, round]);
  return pins;
}
