import type { ConversationHandle, MessageReceipt, MessageReceipts } from '@magpie/sdk';
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
    const load = async () => {
      const all: MessageReceipt[] = [];
      let cursor = first?.next;
      while (cursor !== undefined && current) {
        const page: MessageReceipts = await handle.receipts(seq, cursor);
        all.push(...page.items);
        cursor = page.next;
      }
      if (current) setMore(all);
    };
    load().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [handle, seq, first]);
  return [...(first?.items ?? []), ...more];
}
