import type { Conversation, Event, Mentions, OwnState } from '../generated/contract.js';
import { messageOf, reduce as reduceMessage, targetOf } from '../messages/reduce.js';
import { known, type Known } from '../messages/typed.js';

/** Unread messages are counted up to here. */
const COUNTED = 1_000;

/**
 * The conversation after the next event of its stream: what a fresh read would answer. Events up to
 * `head` are in it already and change nothing.
 */
export function reduce(conversation: Conversation, event: Event, me: string): Conversation {
  if (event.seq <= conversation.head) return conversation;
  const now = { ...conversation, head: event.seq };
  const one = known(event);
  switch (one.kind) {
    case 'message.sent':
      return sent(now, one, me);
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
  const inThread = event.data.thread !== undefined;
  const counted = { ...now, me: count(now.me, event, me) };
  if (inThread) return withLastMessage(counted, event as unknown as Event);
  return { ...counted, activeAt: event.at, lastMessage: messageOf(event) };
}

function withLastMessage(now: Conversation, event: Event): Conversation {
  const { lastMessage } = now;
  if (!lastMessage || targetOf(event) !== lastMessage.seq) return now;
  return { ...now, lastMessage: reduceMessage(lastMessage, event) };
}

function count(own: OwnState, { by, seq, data }: Known<'message.sent'>, me: string): OwnState {
  if (by === me || seq <= own.read) return own;
  const unread = data.thread === undefined ? 1 : 0;
  const mentions = concerns(data.mentions, me) ? 1 : 0;
  return {
    ...own,
    unread: Math.min(COUNTED, own.unread + unread),
    mentions: Math.min(COUNTED, own.mentions + mentions),
  };
}

/** Whether a mention is one of this user. */
export function concerns(mentions: Mentions | undefined, user: string): boolean {
  return mentions?.all === true || (mentions?.users?.includes(user) ?? false);
}

/** What the server says about an own position. */
export interface OwnMove {
  readonly read: number;
  readonly unread: number;
  readonly mentions: number;
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
  let next: OwnState = { ...own, read: move.read, delivered };
  if (since || move.read >= head) {
    next = { ...next, unread: 0, mentions: 0 };
    for (const event of since ?? []) {
      if (event.kind !== 'message.sent' || event.seq > head) continue;
      next = count(next, event as unknown as Known<'message.sent'>, me);
    }
  } else {
    next = { ...next, unread: move.unread, mentions: move.mentions };
  }
  return { ...conversation, me: next };
}
