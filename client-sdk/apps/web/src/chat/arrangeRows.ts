import type { TimelineMessage } from '@magpie/sdk';
import { dayKey } from '../format/time';

export type ChatRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: Date }
  | { readonly kind: 'unread'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: TimelineMessage;
      /** Shows avatar, name and time: the first of a group of messages of one person. */
      readonly first: boolean;
    };

/** Messages of one person are one group while no longer than this lies between two of them. */
const GROUP_MS = 5 * 60 * 1000;

/**
 * What stands in the list: messages with a line at each new day and one where the unread begins.
 * `readUpTo` is the read position when the conversation was opened; undefined shows no such line.
 */
export function arrangeRows(
  messages: readonly TimelineMessage[],
  readUpTo: number | undefined,
): ChatRow[] {
  const rows: ChatRow[] = [];
  let before: TimelineMessage | undefined;
  let unreadShown = readUpTo === undefined;
  for (const message of messages) {
    const at = new Date(message.at);
    const newDay = before === undefined || dayKey(new Date(before.at)) !== dayKey(at);
    if (newDay) rows.push({ kind: 'day', key: `day-${dayKey(at)}-${message.key}`, at });
    const unread =
      !unreadShown && !message.mine && message.seq !== undefined && message.seq > (readUpTo ?? 0);
    if (unread) {
      unreadShown = true;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    const first = newDay || unread || !isSameGroup(before, message);
    rows.push({ kind: 'message', key: message.key, message, first });
    before = message;
  }
  return rows;
}

function isSameGroup(before: TimelineMessage | undefined, message: TimelineMessage): boolean {
  return (
    before !== undefined &&
    before.sender === message.sender &&
    before.recalledAt === undefined &&
    message.recalledAt === undefined &&
    Date.parse(message.at) - Date.parse(before.at) < GROUP_MS
  );
}
