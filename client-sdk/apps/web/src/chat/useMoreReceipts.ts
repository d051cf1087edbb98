import type { ConversationHandle, MessageReceipt, MessageReceipts } from '@magpie/sdk';
import { allPages } from '../app/allPages';
import { useEffect, useState } from 'react';

/** The people of the first page and of all pages after it. */
export function useMoreReceipts(
  handle: ConversationHandle,
  seq: number,
  first: MessageReceipts | undefined,
): readonly MessageReceipt[] {
  const [more, setMore] = useState<readonly MessageReceipt[]>([]);
  useEffect(() => {
    let current = true;
    const next = first?.next;
    const more = next === undefined ? [] : allPages((cursor) => handle.receipts(seq, cursor), next);
    Promise.resolve(more).then(
      (items) => current && setMore(items),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [handle, seq, first]);
  return [...(first?.items ?? []), ...more];
}
