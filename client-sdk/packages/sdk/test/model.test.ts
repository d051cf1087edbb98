import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { Message, TimelineMessage } from '../src/index.js';
import { LI, live, liveClient, ME, reconnected, ROOM, server, until, WANG } from './kit/index.js';

/** Numbers that look random but are the same in every run (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

/** What the server stores of a message, without what the timeline adds. */
function plain(message: TimelineMessage | Message): unknown {
  const {
    key: _,
    status: __,
    mine: ___,
    localId: ____,
    receipts: _____,
    ...rest
  } = message as TimelineMessage;
  return rest;
}

/** Something that can happen in a conversation, as long as it fits what happened before. */
function happen(roll: (sides: number) => number) {
  const { world } = server;
  const by = [ME, LI, WANG][roll(3)]!;
  const all = world.messages();
  const target = all[roll(Math.max(1, all.length))];
  const emoji = ['👍', '🎉', 'ok'][roll(3)]!;
  const mentions = roll(4) === 0 ? { mentions: roll(2) ? { all: true } : { users: [ME] } } : {};
  const kind = target && !target.recalledAt ? roll(12) : 0;
  if (!target || kind < 4) return world.say(`text ${roll(1000)}`, by, mentions);
  const message = target.seq;
  const mine = target.reactions?.find((one) => one.emoji === emoji)?.users.includes(by);
  switch (kind) {
    case 4:
      return world.say('in a thread', by, { thread: target.thread ?? message, ...mentions });
    case 5:
      return world.write(ROOM, 'message.edited', { message, text: 'edited', ...mentions }, by);
    case 6:
      return world.write(ROOM, 'message.recalled', { message }, by);
    case 7:
      return world.write(ROOM, 'message.pinned', { message }, by);
    case 8:
      return world.write(ROOM, 'message.unpinned', { message }, by);
    case 9:
      return world.write(ROOM, 'conversation.updated', { announcement: `line ${roll(9)}` }, by);
    default: {
      const reaction = mine ? ('message.unreacted' as const) : ('message.reacted' as const);
      return world.write(ROOM, reaction, { message, emoji }, by);
    }
  }
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'old state and events give what a fresh read gives, live and caught up (seed %i)',
  async (seed) => {
    const roll = dice(seed);
    const { world } = server;
    world.room(ROOM, [ME, LI, WANG]);
    for (let i = 0; i < 40; i++) happen(roll);
    const client = await liveClient();
    const { messages } = client.conversation(ROOM);
    messages.subscribe(() => {});
    await until(() => messages.get().loaded);
    for (let round = 0; round < 4; round++) {
      const peer = await server.peer();
      for (let i = 0; i < 25; i++) {
        const event = happen(roll);
        // Some are lost on the way, and told again by a later one.
        if (roll(5) > 0) peer.push(event);
      }
      if (roll(2)) await messages.loadBefore(10);
      peer.push(world.say('a marker'));
      await until(() => client.conversations.find(ROOM)?.head === world.head(ROOM));
      if (round === 2) continue;
      peer.cut();
      for (let i = 0; i < 25; i++) happen(roll);
      await reconnected(client);
      await live(client);
    }
    await until(() => client.conversations.find(ROOM)?.head === world.head(ROOM));
    const same = () => isDeepStrictEqual(client.conversations.find(ROOM), world.conversation());
    await until(same).catch(() => {});
    expect(client.conversations.find(ROOM)).toEqual(world.conversation());
    await until(() => !messages.get().loading);
    const fresh = world.messages().filter(({ thread }) => thread === undefined);
    expect(messages.items.map(plain)).toEqual(fresh.slice(-messages.items.length));
  },
);
