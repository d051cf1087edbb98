import type { Conversation } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useCallback, useEffect, useState } from 'react';

/** The archived conversations while the section is open; read again when one of mine changes. */
export function useArchived(open: boolean): readonly Conversation[] {
  const client = useClient();
  const [items, setItems] = useState<readonly Conversation[]>([]);

  const load = useCallback(async () => {
    const all: Conversation[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.conversations.archived(cursor);
      all.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return all;
  }, [client]);

  useEffect(() => {
    if (!open) return undefined;
    let current = true;
    const refresh = () => {
      load().then(
        (all) => current && setItems(all),
        () => undefined,
      );
    };
    refresh();
    const ends = [
      client.on('event', (event) => {
        if (event.kind === 'settings.changed') refresh();
      }),
      client.on('conversation', ({ conversation }) => {
        if (conversation.me.archived) refresh();
      }),
    ];
    return () => {
      current = false;
      for (const end of ends) end();
    };
  }, [client, load, open]);

  return items;
}
