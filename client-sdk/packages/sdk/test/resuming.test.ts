import { expect, test } from 'vitest';
import {
  following,
  id,
  live,
  liveClient,
  LI,
  record,
  reconnected,
  ROOM,
  server,
  settle,
  until,
} from './kit/index.js';

test('a cut in the middle of a pull loses and doubles nothing', async () => {
  server.world.room();
  server.hold('stream.events');
  const { client, seen, peer } = await following();
  server.world.say('lost');
  peer.push(server.world.say('early'));
  await peer.asked('stream.events');
  peer.cut();
  server.answer('stream.events', ({ stream, after }) => server.world.events(stream, after));
  await reconnected(client);
  await until(() => seen.length === 2);
  expect(seen.map(({ seq }) => seq)).toEqual([2, 3]);
});

test.each(['epoch', 'ahead', 'retention'] as const)(
  'a stream that cannot be resumed (%s) is dropped, read anew and goes on after its head',
  async (reason) => {
    const { world } = server;
    world.room();
    for (const text of ['one', 'two', 'three']) world.say(text);
    const client = await liveClient();
    const resyncs = record(client, 'resync');
    const { messages } = client.conversation(ROOM);
    messages.subscribe(() => {});
    await until(() => messages.items.length === 3);
    (await server.peer()).cut();
    const events = world.streams.get(ROOM)!;
    if (reason === 'epoch') server.epoch = id(901);
    if (reason === 'ahead') world.streams.set(ROOM, events.slice(0, 2));
    if (reason === 'retention') {
      for (const text of ['four', 'five']) world.say(text);
      world.first.set(ROOM, 6);
    }
    await reconnected(client);
    await until(() => resyncs.some(({ stream }) => stream === ROOM));
    expect(resyncs.find(({ stream }) => stream === ROOM)?.reason).toBe(reason);
    const left = world.messages().length;
    await until(() => messages.items.length === left && messages.get().loaded);
    await until(() => client.conversations.find(ROOM)?.me.unread === left);
    const seen = record(client, 'event');
    (await server.peer(2)).push(world.say('afterwards'));
    await until(() => messages.items.length === left + 1);
    expect(seen).toHaveLength(1);
  },
);

test('another person behind the same token source starts with nothing of the first', async () => {
  server.world.room();
  const client = await liveClient();
  const peer = await server.peer();
  peer.cut();
  const other = server.welcome.bind(server);
  server.welcome = (next) => {
    const send = next.send.bind(next);
    next.send = (frame) =>
      send(frame.type === 'welcome' ? { ...frame, user: LI, session: id(801) } : frame);
    server.world.rooms.clear();
    server.world.streams.clear();
    other(next);
    next.send = send;
  };
  await reconnected(client);
  await live(client);
  expect(client.me?.user).toBe(LI);
  expect(client.conversations.items).toEqual([]);
});

test('what a restored server counts anew comes, also where I was no member after the restore', async () => {
  const { world } = server;
  world.room();
  for (const text of ['one', 'two', 'three']) world.say(text);
  const client = await liveClient();
  const seen = record(client, 'event');
  (await server.peer()).cut();
  server.epoch = id(901);
  world.rooms.clear();
  world.streams.delete(ROOM);
  await reconnected(client);
  await until(() => client.conversations.items.length === 0);
  world.room();
  (await server.peer(2)).push(...world.streams.get(ROOM)!, world.say('again'));
  await until(() => seen.length === 2);
  expect(seen.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a stream that seemed to be over and is mine after a reconnect stays', async () => {
  server.world.room();
  server.hold('stream.events');
  const client = await liveClient();
  const changes = record(client, 'conversation');
  server.answer('stream.list', () => ({ items: [], epoch: server.epoch }));
  const peer = await server.peer();
  server.heartbeat(peer, { hash: 1 });
  await until(() => peer.open.length > 0);
  peer.cut();
  server.answer('stream.events', ({ stream, after }) => server.world.events(stream, after));
  await reconnected(client);
  const next = await server.peer(2);
  await until(() => next.requests('stream.events').length > 0);
  await settle();
  expect(client.conversations.find(ROOM)).toBeDefined();
  expect(changes.filter(({ removed }) => removed)).toEqual([]);
});
