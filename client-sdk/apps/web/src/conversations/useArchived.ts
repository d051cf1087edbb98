import type { Conversation } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { allPages } from '../app/allPages';
import { useEffect, useState } from 'react';

/** The archived conversations while the section is open; read again when one of mine changes. */
export function useArchived(open: boolean): readonly Conversation[] {
  const client = useClient();
  const [items, setItems] = useState<readonly Conversation[]>([]);

  useEffect(() => {
    if (!open) return undefined;
    let current = true;
    const refresh = () => {
      allPages((cursor) => client.conversations.archived(cursor)).then(
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
  }, [client, open]);

  return items;
}
