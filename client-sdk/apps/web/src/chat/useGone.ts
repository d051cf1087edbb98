import { useClient } from '@magpie/sdk/react';
import { useEffect, useState } from 'react';
import { codeOf } from '../app/errorText';

const CLOSED = new Set(['not_found', 'forbidden', 'invalid_field']);

/** Whether the conversation is none of mine: left, removed, or never was. */
export function useGone(id: string, unknown: boolean): boolean {
  const client = useClient();
  const [gone, setGone] = useState(false);

  useEffect(
    () =>
      client.on('conversation', ({ conversation, removed }) => {
        if (conversation.id === id) setGone(removed);
      }),
    [client, id],
  );

  useEffect(() => {
    if (!unknown) return undefined;
    let current = true;
    client.request('conversation.get', { conversation: id }).catch((error: unknown) => {
      if (current && CLOSED.has(codeOf(error))) setGone(true);
    });
    return () => {
      current = false;
    };
  }, [client, id, unknown]);
  return gone;
}
