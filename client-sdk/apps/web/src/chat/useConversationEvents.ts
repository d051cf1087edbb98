import type { Event } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useEffect } from 'react';

/** Calls `changed` after each event of a conversation whose kind starts as given, and after a resync. */
export function useConversationEvents(
  id: string,
  kinds: string,
  changed: (event?: Event) => void,
): void {
  const client = useClient();
  useEffect(() => {
    const ends = [
      client.on('event', (event) => {
        if (event.stream === id && event.kind.startsWith(kinds)) changed(event);
      }),
      client.on('resync', ({ stream }) => {
        if (stream === id) changed();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, id, kinds, changed]);
}
