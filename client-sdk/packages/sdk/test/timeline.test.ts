import { expect, test, vi } from 'vitest';
import type { ClientOptions, ConversationHandle } from '../src/index.js';
import {
  LI,
  ME,
  liveClient,
  reconnected,
  ROOM,
  server,
  settle,
  texts,
  until,
} from './kit/index.js';

async function opened(messages: number, options: Partial<ClientOptions> = {}) {
  server.world.room();
  for (let i = 1; i <= messages; i++) server.world.say(`${i}`);
  const client = await liveClient(options);
  const room = client.conversation(ROOM);
  return { client, room, peer: await server.peer() };
}

async function watched(messages: number, options: Partial<ClientOptions> = {}) {
  const all = await opened(messages, options);
  all.room.messages.subscribe(() => {});
  await until(() => all.room.messages.get().loaded);
  return all;
}

const shown = ({ messages }: ConversationHandle): number[] => texts(messages.items).map(Number);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('the first subscriber loads the newest page', async () => {
  const { room } = await watched(120);
  expect(shown(room)).toEqual(range(71, 120));
  expect(room.messages.hasBefore).toBe(true);
  expect(room.messages.hasAfter).toBe(false);
});

test('older messages come page by page until the beginning', async () => {
  const { room, peer } = await watched(120);
  await room.messages.loadBefore();
  expect(shown(room)).toEqual(range(21, 120));
  await Promise.all([room.messages.loadBefore(), room.messages.loadBefore()]);
  expect(shown(room)).toEqual(range(1, 120));
  expect(room.messages.hasBefore).toBe(false);
  await room.messages.loadBefore();
  expect(peer.requests('message.history')).toHaveLength(3);
});

test('a jump shows the messages around one, and newer ones come page by page', async () => {
  const { room, peer } = await watched(200);
  await room.jumpTo(51);
  expect(shown(room)).toEqual(range(25, 74));
  expect(room.messages.hasBefore && room.messages.hasAfter).toBe(true);
  peer.push(server.world.say('201'));
  await settle();
  expect(shown(room)).toEqual(range(25, 74));
  await room.messages.loadAfter(100);
  expect(shown(room)).toEqual(range(25, 174));
  await room.messages.loadAfter();
  expect(shown(room)).toEqual(range(25, 201));
  expect(room.messages.hasAfter).toBe(false);
  peer.push(server.world.say('202'));
  await until(() => shown(room).at(-1) === 202);
});

test('a jump to a date starts with the first message from then on', async () => {
  const { room } = await watched(120);
  const { at } = server.world.messages()[59]!;
  await room.jumpToDate(new Date(at));
  expect(shown(room)[0]).toBe(60);
  await room.messages.jumpToLatest();
  expect(shown(room)).toEqual(range(71, 120));
});

test('the window is bounded: the far end is dropped and can be loaded again', async () => {
  const { room, peer } = await watched(120, { timelineLimit: 60 });
  await room.messages.loadBefore();
  expect(shown(room)).toEqual(range(21, 80));
  expect(room.messages.hasAfter).toBe(true);
  peer.push(server.world.say('121'));
  await settle();
  expect(shown(room)).toEqual(range(21, 80));
  await room.messages.loadAfter();
  expect(shown(room)).toEqual(range(62, 121));
  peer.push(server.world.say('122'));
  await until(() => shown(room).at(-1) === 122);
  expect(shown(room)).toEqual(range(63, 122));
  expect(room.messages.hasBefore).toBe(true);
});

test('an event that comes between the question for a page and its answer is not lost', async () => {
  const { room, peer } = await opened(3);
  server.hold('message.history');
  room.messages.subscribe(() => {});
  const request = await peer.asked('message.history');
  const old = server.world.history({ conversation: ROOM });
  peer.push(
    server.world.say('4'),
    server.world.write(ROOM, 'message.edited', { message: 2, text: '11' }),
  );
  await settle();
  peer.reply(request, old);
  await until(() => room.messages.items.length === 4);
  expect(shown(room)).toEqual([11, 2, 3, 4]);
});

test('an event that a page holds already is not applied twice', async () => {
  const { room, peer } = await opened(3);
  const event = server.world.write(ROOM, 'message.reacted', { message: 2, emoji: '👍' });
  room.messages.subscribe(() => {});
  await until(() => room.messages.items.length === 3);
  peer.push(event);
  await settle();
  expect(room.messages.items[0]!.reactions).toEqual([{ emoji: '👍', count: 1, users: [LI] }]);
});

test('a page that is older than the events at hand is read again', async () => {
  const { room, peer } = await opened(1);
  const old = server.world.history({ conversation: ROOM });
  for (let i = 2; i <= 700; i++) peer.push(server.world.say(`${i}`));
  await until(() => room.state?.head === server.world.head(ROOM));
  let asked = 0;
  server.answer('message.history', (params) =>
    asked++ === 0 ? old : server.world.history(params),
  );
  room.messages.subscribe(() => {});
  await until(() => room.messages.get().loaded);
  expect(asked).toBe(2);
  expect(shown(room)).toEqual(range(651, 700));
});

test('edits, recalls, reactions and pins appear live', async () => {
  const { room, peer } = await watched(2);
  const { world } = server;
  const write = world.write.bind(world);
  const first = () => room.messages.items[0]!;
  peer.push(write(ROOM, 'message.edited', { message: 2, text: 'new' }));
  await until(() => texts([first()])[0] === 'new');
  expect(first().editedAt).toBeDefined();
  peer.push(write(ROOM, 'message.reacted', { message: 2, emoji: '👍' }));
  peer.push(write(ROOM, 'message.reacted', { message: 2, emoji: '👍' }, ME));
  await until(() => first().reactions?.[0]?.count === 2);
  peer.push(write(ROOM, 'message.unreacted', { message: 2, emoji: '👍' }));
  await until(() => first().reactions?.[0]?.count === 1);
  peer.push(write(ROOM, 'message.pinned', { message: 2 }));
  await until(() => first().pin?.by === LI);
  peer.push(write(ROOM, 'message.unpinned', { message: 2, reason: 'expired' }));
  await until(() => !first().pin);
  peer.push(write(ROOM, 'message.recalled', { message: 2 }));
  await until(() => first().recalledBy === LI);
  expect(first().body).toBeUndefined();
});

test('snapshots are the same object until something changes, and so is each message', async () => {
  const { room, peer } = await watched(3);
  await settle();
  const before = room.messages.get();
  expect(room.messages.get()).toBe(before);
  peer.push(server.world.write(ROOM, 'message.edited', { message: 3, text: 'new' }));
  await until(() => room.messages.get() !== before);
  const after = room.messages.get();
  expect(after.items[0]).toBe(before.items[0]);
  expect(after.items[1]).not.toBe(before.items[1]);
  expect(texts(before.items)).toEqual(['1', '2', '3']);
});

test('a thread is a timeline of its own and its root counts the replies', async () => {
  const { room, peer } = await watched(2);
  const thread = room.thread(2);
  thread.subscribe(() => {});
  await until(() => thread.get().loaded);
  peer.push(server.world.say('reply', LI, { thread: 2 }));
  await until(() => thread.items.length === 1);
  expect(shown(room)).toEqual([1, 2]);
  expect(room.messages.items[0]).toMatchObject({ replies: 1, lastReplySeq: 4 });
  expect(room.state).toMatchObject({ me: { unread: 2 }, lastMessage: { seq: 3 } });
  server.storeMessages();
  await room.send({ text: 'mine', thread: 2 }).stored;
  await until(() => thread.items.length === 2);
  expect(thread.items[1]).toMatchObject({ mine: true, status: 'stored' });
  expect(room.thread(2)).toBe(thread);
});

test('a failed load is told, and the next one may succeed', async () => {
  const { room, peer } = await opened(3);
  server.hold('message.history');
  const loading = room.messages.load();
  peer.refuse(await peer.asked('message.history'), 'overloaded', true);
  await expect(loading).rejects.toMatchObject({ code: 'overloaded' });
  expect(room.messages.get()).toMatchObject({ loaded: false, error: { code: 'overloaded' } });
  server.answer('message.history', (params) => server.world.history(params));
  await room.messages.load();
  expect(shown(room)).toEqual([1, 2, 3]);
  expect(room.messages.get().error).toBeUndefined();
});

test('a timeline that somebody looks at is loaded when the connection comes back', async () => {
  const { room, peer, client } = await opened(3);
  server.hold('message.history');
  room.messages.subscribe(() => {});
  await peer.asked('message.history');
  peer.cut();
  server.answer('message.history', (params) => server.world.history(params));
  await reconnected(client);
  await until(() => room.messages.items.length === 3);
});

test('what was missed offline is in the timeline after the reconnect', async () => {
  const { room, peer, client } = await watched(3);
  peer.cut();
  server.world.say('4');
  server.world.write(ROOM, 'message.recalled', { message: 2 });
  await reconnected(client);
  await until(() => room.messages.items.length === 4);
  expect(texts(room.messages.items)).toEqual(['–', '2', '3', '4']);
});

test('a message is answered from memory where it is there, else by the server', async () => {
  const { room, peer } = await watched(100);
  expect(await room.message(101)).toMatchObject({ body: { text: '100' } });
  expect(peer.requests('message.get')).toEqual([]);
  const asked = room.message(2);
  peer.reply(await peer.asked('message.get'), server.world.messages()[0]!);
  expect(await asked).toMatchObject({ body: { text: '1' } });
});

test('a clock that is years off changes nothing', async () => {
  vi.setSystemTime?.(new Date('2031-07-01T00:00:00Z'));
  const { room, peer } = await watched(2);
  server.storeMessages();
  const sent = room.send('3');
  peer.push(server.world.say('4'));
  await sent.stored;
  await until(() => room.messages.items.length === 4);
  expect(room.messages.items.map(({ seq }) => seq)).toEqual([2, 3, 4, 5].map((seq) => seq));
});
