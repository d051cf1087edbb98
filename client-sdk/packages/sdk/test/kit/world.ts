import type {
  Conversation,
  Event,
  EventData,
  Message,
  MessagePage,
  Presence,
  StreamEvents,
  UserPosition,
} from '../../src/index.js';

/** Readable ids: `id(7)` is always the same UUID. */
export function id(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export const ME = id(1);
export const LI = id(2);
export const WANG = id(3);
export const ROOM = id(100);
export const EPOCH = id(900);
export const names = new Map([
  [ME, '张伟'],
  [LI, '李娜'],
  [WANG, '王芳'],
]);

export function user(of: string) {
  return {
    id: of,
    username: `u${Number.parseInt(of.slice(-4), 16)}`,
    displayName: names.get(of) ?? 'Somebody',
    kind: 'member' as const,
    avatar: '/avatar.svg',
  };
}

type Own = Conversation['me'];

interface Room {
  readonly kind: 'direct' | 'group';
  readonly members: Set<string>;
  name?: string;
  announcement?: string;
  own: Own;
}

/**
 * What a server would hold: streams of events, and the state that follows from them, computed anew
 * from all events for each question, so that it shares nothing with how the SDK does it.
 */
export class World {
  readonly streams = new Map<string, Event[]>([[ME, []]]);
  readonly rooms = new Map<string, Room>();
  readonly positions = new Map<string, UserPosition[]>();
  /** How people are shown; those who are missing do not exist for me. */
  readonly presences = new Map<string, Presence>();
  /** The first number of each stream that can still be read. */
  readonly first = new Map<string, number>();
  private clock = Date.parse('2026-01-01T00:00:00Z');

  now(): string {
    this.clock += 1000;
    return new Date(this.clock).toISOString();
  }

  head(stream: string): number {
    return this.streams.get(stream)?.at(-1)?.seq ?? 0;
  }

  /** Writes an event and answers it; telling clients is another matter. */
  write<K extends keyof EventData>(stream: string, kind: K, data: EventData[K], by = LI): Event {
    const events = this.streams.get(stream) ?? [];
    const event = { stream, seq: this.head(stream) + 1, kind, at: this.now(), by, data };
    this.streams.set(stream, [...events, event as unknown as Event]);
    return event as unknown as Event;
  }

  say(text: string, by = LI, more: Partial<EventData['message.sent']> = {}, room = ROOM): Event {
    return this.write(room, 'message.sent', { body: { type: 'text', text }, ...more }, by);
  }

  room(
    of = ROOM,
    members = [ME, LI],
    kind: Room['kind'] = members.length > 2 ? 'group' : 'direct',
  ) {
    const name = kind === 'group' ? { name: '产品发布' } : {};
    const own: Own = {
      role: 'member',
      from: 1,
      read: 0,
      delivered: 0,
      unread: 0,
      mentions: 0,
      muted: false,
      pinned: false,
      archived: false,
    };
    this.rooms.set(of, { kind, members: new Set(members), own, ...name });
    const entries = members.map((one) => ({ user: one, role: 'member' as const }));
    this.write(of, 'conversation.created', { kind, ...name, members: entries });
    return this;
  }

  conversation(of = ROOM): Conversation {
    const room = this.rooms.get(of)!;
    const events = this.streams.get(of)!;
    const messages = this.messages(of);
    const plain = messages.filter(({ thread }) => thread === undefined);
    const { own } = room;
    const after = messages.filter(
      ({ seq, sender, recalledAt }) => seq > own.read && sender !== ME && !recalledAt,
    );
    const mentioned = after.filter(
      ({ mentions }) => mentions?.all === true || mentions?.users?.includes(ME),
    );
    let { name, announcement } = room;
    let memberCount = 0;
    for (const { kind, data } of events as readonly { kind: string; data: any }[]) {
      if (kind === 'conversation.created' || kind === 'member.added')
        memberCount += data.members.length;
      if (kind === 'member.removed') memberCount--;
      if (kind === 'conversation.updated') {
        name = data.name ?? name;
        announcement = data.announcement ?? announcement;
      }
    }
    const last = plain.at(-1);
    return {
      id: of,
      kind: room.kind,
      ...(name === undefined ? {} : { name }),
      ...(announcement === undefined ? {} : { announcement }),
      ...(room.kind === 'direct' ? { peer: user(LI) } : {}),
      memberCount,
      createdAt: events[0]!.at,
      activeAt: last?.at ?? events[0]!.at,
      head: this.head(of),
      me: {
        ...own,
        unread: after.filter(({ thread }) => thread === undefined).length,
        mentions: mentioned.length,
      },
      ...(last ? { lastMessage: last } : {}),
    };
  }

  /** All messages as they are now, threads included. */
  messages(of = ROOM): Message[] {
    const all = new Map<number, any>();
    for (const { seq, by, at, kind, data } of (this.streams.get(of) ?? []) as readonly any[]) {
      const target = all.get(data.message);
      if (kind === 'message.sent') {
        all.set(seq, { conversation: of, seq, sender: by, at, ...data });
        const root = all.get(data.thread);
        if (root) Object.assign(root, { replies: (root.replies ?? 0) + 1, lastReplySeq: seq });
      } else if (kind === 'message.edited') {
        target.body = { ...target.body, text: data.text };
        target.editedAt = at;
        delete target.mentions;
        if (data.mentions) target.mentions = data.mentions;
      } else if (kind === 'message.recalled') {
        Object.assign(target, { recalledAt: at, recalledBy: by });
        for (const gone of ['body', 'mentions', 'reactions', 'pin']) delete target[gone];
      } else if (kind === 'message.reacted') {
        target.reactions ??= [];
        let one = target.reactions.find((r: any) => r.emoji === data.emoji);
        if (!one) target.reactions.push((one = { emoji: data.emoji, count: 0, users: [] }));
        one.users = [...one.users.filter((u: string) => u !== by), by];
        one.count = one.users.length;
      } else if (kind === 'message.unreacted') {
        for (const one of target.reactions ?? []) {
          if (one.emoji !== data.emoji) continue;
          one.users = one.users.filter((u: string) => u !== by);
          one.count = one.users.length;
        }
        target.reactions = target.reactions?.filter((one: any) => one.count > 0);
        if (target.reactions?.length === 0) delete target.reactions;
      } else if (kind === 'message.pinned') {
        target.pin = { by, at, ...(data.until ? { until: data.until } : {}) };
      } else if (kind === 'message.unpinned') {
        delete target.pin;
      }
    }
    return structuredClone([...all.values()]);
  }

  history(params: {
    conversation: string;
    before?: number;
    after?: number;
    around?: number;
    at?: string;
    limit?: number;
    seq?: number;
  }): MessagePage {
    const { conversation, before, after, around, at, limit = 50, seq: thread } = params;
    const all = this.messages(conversation).filter((message) => message.thread === thread);
    let from = Math.max(0, all.length - limit);
    const index = (test: (message: Message) => boolean) => {
      const found = all.findIndex(test);
      return found < 0 ? all.length : found;
    };
    let to = all.length;
    if (before !== undefined) {
      to = index(({ seq }) => seq >= before);
      from = Math.max(0, to - limit);
    } else if (after !== undefined) from = index(({ seq }) => seq > after);
    else if (around !== undefined)
      from = Math.max(0, index(({ seq }) => seq >= around) - Math.floor(limit / 2));
    else if (at !== undefined) from = index((message) => message.at >= at);
    if (before === undefined) to = Math.min(all.length, from + limit);
    const items = all.slice(from, to);
    return { items, hasBefore: from > 0, hasAfter: to < all.length, head: this.head(conversation) };
  }

  events(stream: string, after: number, limit = 200): StreamEvents {
    const all = this.streams.get(stream) ?? [];
    const events = all.filter(({ seq }) => seq > after).slice(0, limit);
    const upTo = events.at(-1)?.seq ?? Math.max(after, this.head(stream));
    return { events, upTo, head: this.head(stream) };
  }
}
