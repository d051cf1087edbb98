import type { Event, Message, Reaction } from '../generated/contract.js';
import { known, type Known } from './typed.js';

/** User ids that a reaction lists at most; `count` goes on. */
const LISTED = 100;

/** The message that a `message.sent` event makes. */
export function messageOf({ stream, seq, by, at, data }: Known<'message.sent'>): Message {
  return { ...data, conversation: stream, seq, sender: by, at };
}

/** The number of the message that an event changes, if it changes one. */
export function targetOf(event: Event): number | undefined {
  const one = known(event);
  switch (one.kind) {
    case 'message.sent':
      return one.data.thread;
    case 'message.edited':
    case 'message.recalled':
    case 'message.reacted':
    case 'message.unreacted':
    case 'message.pinned':
    case 'message.unpinned':
      return one.data.message;
    default:
      return undefined;
  }
}

/** The message after an event that points at it: what a fresh read would answer. */
export function reduce(message: Message, event: Event): Message {
  const one = known(event);
  switch (one.kind) {
    case 'message.sent':
      return { ...message, replies: (message.replies ?? 0) + 1, lastReplySeq: one.seq };
    case 'message.edited':
      return edited(message, one);
    case 'message.recalled': {
      const { body: _, mentions: __, reactions: ___, pin: ____, ...rest } = message;
      return { ...rest, recalledAt: one.at, recalledBy: one.by };
    }
    case 'message.reacted':
      return withReactions(message, reacted(message.reactions ?? [], one.data.emoji, one.by));
    case 'message.unreacted':
      return withReactions(message, unreacted(message.reactions ?? [], one.data.emoji, one.by));
    case 'message.pinned': {
      const { until } = one.data;
      return { ...message, pin: { by: one.by, at: one.at, ...(until ? { until } : {}) } };
    }
    case 'message.unpinned': {
      const { pin: _, ...rest } = message;
      return rest;
    }
    default:
      return message;
  }
}

function edited(message: Message, { data, at }: Known<'message.edited'>): Message {
  const { mentions: _, ...rest } = message;
  const { body } = message;
  // After a recall the stored event has no text any more.
  if (data.text === undefined || !body || body.type === 'forward') {
    return { ...message, editedAt: at };
  }
  const mentions = data.mentions ? { mentions: data.mentions } : {};
  return { ...rest, ...mentions, body: { ...body, text: data.text }, editedAt: at };
}

function withReactions(message: Message, reactions: readonly Reaction[]): Message {
  const { reactions: _, ...rest } = message;
  return reactions.length === 0 ? rest : { ...rest, reactions };
}

/**
 * The messages that `events` made, as they are after all of them; later changes of older messages are
 * left out.
 */
export function replay(events: Iterable<Event>): ReadonlyMap<number, Message> {
  const all = new Map<number, Message>();
  for (const event of events) {
    const target = targetOf(event);
    const old = target === undefined ? undefined : all.get(target);
    if (old) all.set(old.seq, reduce(old, event));
    const one = known(event);
    if (one.kind === 'message.sent') all.set(one.seq, messageOf(one));
  }
  return all;
}

function reacted(all: readonly Reaction[], emoji: string, user: string): readonly Reaction[] {
  const found = all.find((one) => one.emoji === emoji);
  if (!found) return [...all, { emoji, count: 1, users: [user] }];
  if (found.users.includes(user)) return all;
  const users = found.users.length < LISTED ? [...found.users, user] : found.users;
  return all.map((one) => (one === found ? { emoji, count: one.count + 1, users } : one));
}

function unreacted(all: readonly Reaction[], emoji: string, user: string): readonly Reaction[] {
  const found = all.find((one) => one.emoji === emoji);
  if (!found || (!found.users.includes(user) && found.count <= found.users.length)) return all;
  if (found.count === 1) return all.filter((one) => one !== found);
  const users = found.users.filter((one) => one !== user);
  return all.map((one) => (one === found ? { emoji, count: one.count - 1, users } : one));
}
