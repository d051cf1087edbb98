import type { Conversation, Event, Mentions, Message, OwnState } from '../generated/contract.js';
import { messageOf, reduce as reduceMessage, replay, targetOf } from '../messages/reduce.js';
import { known, type Known } from '../messages/typed.js';

/** Unread messages are counted up to here. */
const COUNTED = 1_000;

/**
 * The conversation after the next event of its stream: what a fresh read would answer. Events up to
 * `head` are in it already and change nothing.
 *
 * @param before the message that the event changes, as it was, where it is at hand: what was unread
 *   may be so no longer
 */
export function reduce(
  conversation: Conversation,
  event: Event,
  me: string,
  before?: Message,
): Conversation {
  if (event.seq <= conversation.head) return conversation;
  const now = { ...conversation, head: event.seq };
  const one = known(event);
  switch (one.kind) {
    case 'message.sent':
      return sent(now, one, me);
    case 'message.edited':
    case 'message.recalled':
      return withLastMessage(recounted(now, event, me, before), event);
    case 'conversation.updated':
      return { ...now, ...one.data };
    case 'member.added':
      return { ...now, memberCount: now.memberCount + one.data.members.length };
    case 'member.removed':
      return { ...now, memberCount: Math.max(1, now.memberCount - 1) };
    case 'member.updated':
      return one.data.user === me ? { ...now, me: { ...now.me, role: one.data.role } } : now;
    default:
      return withLastMessage(now, event);
  }
}

function sent(now: Conversation, event: Known<'message.sent'>, me: string): Conversation {
  const message = messageOf(event);
  const counted = { ...now, me: add(now.me, weight(message, now.me.read, me), 1) };
  if (message.thread !== undefined) return withLastMessage(counted, event as unknown as Event);
  return { ...counted, activeAt: event.at, lastMessage: message };
}

function recounted(now: Conversation, event: Event, me: string, before?: Message): Conversation {
  if (!before) return now;
  const { read } = now.me;
  const without = add(now.me, weight(before, read, me), -1);
  return { ...now, me: add(without, weight(reduceMessage(before, event), read, me), 1) };
}

/** What a message adds to the counts. */
interface Weight {
  readonly unread: number;
  readonly mentions: number;
}

function weight(message: Message, read: number, me: string): Weight {
  const { sender, seq, recalledAt, thread, mentions } = message;
  if (sender === me || seq <= read || recalledAt !== undefined) return { unread: 0, mentions: 0 };
  return { unread: thread === undefined ? 1 : 0, mentions: concerns(mentions, me) ? 1 : 0 };
}

function add(own: OwnState, { unread, mentions }: Weight, sign: 1 | -1): OwnState {
  return {
    ...own,
    unread: bounded(own.unread + sign * unread),
    mentions: bounded(own.mentions + sign * mentions),
  };
}

function bounded(count: number): number {
  return Math.min(COUNTED, Math.max(0, count));
}

function withLastMessage(now: Conversation, event: Event): Conversation {
  const { lastMessage } = now;
  if (!lastMessage || targetOf(event) !== lastMessage.seq) return now;
  return { ...now, lastMessage: reduceMessage(lastMessage, event) };
}

/** Whether a mention is one of this user. */
export function concerns(mentions: Mentions | undefined, user: string): boolean {
  return mentions?.all === true || (mentions?.users?.includes(user) ?? false);
}

/** What the server says about an own position. */
export interface OwnMove {
  readonly read: number;
  /** Both absent where only a delivery was told. */
  readonly unread?: number;
  readonly mentions?: number;
  readonly delivered?: number;
}

/**
 * The conversation after an own position moved. The counts come from another stream than the
 * messages, so where the events at hand reach back to the position they are counted from those.
 *
 * @param since the events after the position, where they are at hand
 */
export function moved(
  conversation: Conversation,
  move: OwnMove,
  since: readonly Event[] | undefined,
  me: string,
): Conversation {
  const { me: own, head } = conversation;
  if (move.read < own.read) return conversation;
  const delivered = Math.max(own.delivered, move.delivered ?? 0, move.read);
  // A read position of another device is told by the inbox, with its counts.
  if (move.unread === undefined || move.mentions === undefined)
    return { ...conversation, me: { ...own, delivered } };
  let next: OwnState = { ...own, read: move.read, delivered };
  if (since || move.read >= head) {
    next = { ...next, unread: 0, mentions: 0 };
    const upToNow = (since ?? []).filter(({ seq }) => seq <= head);
    for (const message of replay(upToNow).values()) {
      next = add(next, weight(message, move.read, me), 1);
    }
  } else {
    next = { ...next, unread: move.unread, mentions: move.mentions };
  }
  return { ...conversation, me: next };
}
