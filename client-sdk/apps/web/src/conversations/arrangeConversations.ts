import type { Conversation } from '@magpie/sdk';
import { conversationName } from './conversationName';

/** Pinned ones on top, then the latest activity first; ids decide where times are equal. */
export function arrangeConversations(items: readonly Conversation[]): Conversation[] {
  return items.toSorted(
    (a, b) =>
      Number(b.me.pinned) - Number(a.me.pinned) ||
      Date.parse(b.activeAt) - Date.parse(a.activeAt) ||
      a.id.localeCompare(b.id),
  );
}

/** Those whose name or user name holds what was typed, however it is written (width, case). */
export function filterConversations(items: readonly Conversation[], query: string): Conversation[] {
  const wanted = fold(query);
  if (wanted === '') return [...items];
  return items.filter((one) =>
    fold(`${conversationName(one)} ${one.peer?.username ?? ''}`).includes(wanted),
  );
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
