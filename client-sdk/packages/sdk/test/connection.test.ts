import { expect, test, vi } from 'vitest';
import { MagpieError } from '../src/index.js';
import {
  LI,
  live,
  liveClient,
  ME,
  newClient,
  record,
  reconnected,
  ROOM,
  server,
  settle,
  until,
} from './kit/index.js';

test('a client says hello with its token, is welcomed and becomes live', async () => {
  const client = newClient({ name: 'tests/1' });
  const states = record(client, 'state');
  expect(client.state.status).toBe('idle');
  client.connect();
  await live(client);
  const peer = await server.peer();
  expect(peer.hello).toEqual({ type: 'hello', token: 'token', client: 'tests/1' });
  expect(peer.socket.protocol).toBe('magpie.v1');
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'catching-up', 'live']);
  expect(client.me?.user).toBe(ME);
  expect(client.server?.node).toBe('node-1');
});

test('streams that come in more than one frame are all there before the client is live', async () => {
  server.welcoming = false;
  server.world.room();
  const client = newClient();
  client.connect();
  const peer = await server.peer();
  const head = 1;
  const streams = [{ stream: ME, kind: 'inbox' as const, head: 0, after: 0 }];
  const send = peer.send.bind(peer);
  peer.send = (frame) =>
    frame.type === 'welcome' ? send({ ...frame, streams, more: true }) : send(frame);
  server.welcome(peer);
  peer.send = send;
  await settle();
  expect(client.state.status).toBe('connecting');
  const rest = [{ stream: ROOM, kind: 'conversation' as const, head, after: head }];
  peer.send({ type: 'streams', streams: rest, more: false });
  await live(client);
});

test('after a cut the next hello carries the epoch and the cursor of each stream', async () => {
  server.world.room();
  const client = await liveClient();
  const peer = await server.peer();
  peer.push(server.world.say('hello'));
  await until(() => client.conversations.find(ROOM)?.me.unread === 1);
  peer.cut();
  await reconnected(client);
  const { epoch, cursors } = (await server.peer(2)).hello;
  expect(epoch).toBe(server.epoch);
  expect(cursors).toEqual({ [ME]: 0, [ROOM]: 2 });
});

test('what was missed while the connection was gone is applied before the client is live again', async () => {
  server.world.room();
  const client = await liveClient();
  const seen = record(client, 'event');
  (await server.peer()).cut();
  for (const text of ['one', 'two', 'three']) server.world.say(text);
  await reconnected(client);
  expect(seen.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  expect(client.conversations.find(ROOM)?.me.unread).toBe(3);
});

test('what the server will not push is pulled, and what it pushes meanwhile is held back', async () => {
  server.world.room();
  const client = await liveClient();
  const seen = record(client, 'event');
  (await server.peer()).cut();
  for (let i = 0; i < 450; i++) server.world.say(`message ${i}`);
  server.after = (state) => (state.stream === ROOM ? { ...state, after: state.head } : state);
  server.hold('stream.events');
  await until(() => client.state.status === 'offline');
  await vi.advanceTimersByTimeAsync(500);
  const peer = await server.peer(2);
  const first = await peer.asked('stream.events');
  expect(first.params).toEqual({ stream: ROOM, after: 1, limit: 200 });
  peer.push(server.world.say('live'));
  await settle();
  expect(seen).toEqual([]);
  expect(client.state.status).toBe('catching-up');
  server.answer('stream.events', ({ stream, after, limit }) =>
    server.world.events(stream, after, limit),
  );
  peer.reply(first, server.world.events(ROOM, 1, 200));
  await live(client);
  await until(() => seen.length === 451);
  expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 451 }, (_, i) => i + 2));
});

test('requests wait for the connection, have a deadline, and fail when it is cut', async () => {
  server.hold('profile.get');
  const client = newClient();
  const early = client.request('profile.get', {}, { timeoutMs: 2_000 });
  const inVain = expect(early).rejects.toMatchObject({ code: 'offline', retryable: true });
  await vi.advanceTimersByTimeAsync(2_000);
  await inVain;
  client.connect();
  await live(client);
  const slow = client.request('profile.get', {});
  const late = expect(slow).rejects.toMatchObject({ code: 'timeout', retryable: true });
  await (await server.peer()).asked('profile.get');
  await vi.advanceTimersByTimeAsync(15_000);
  await late;
  const open = client.request('profile.get', {});
  const lost = expect(open).rejects.toMatchObject({ code: 'disconnected', retryable: true });
  await (await server.peer()).asked('profile.get');
  (await server.peer()).cut();
  await lost;
  await client.close();
  await expect(client.request('profile.get', {})).rejects.toMatchObject({ code: 'closed' });
});

test('a refused request is a MagpieError with code, field and retry hint', async () => {
  const client = await liveClient();
  const asked = client.request('user.get', { user: LI });
  await expect(asked).resolves.toMatchObject({ displayName: '李娜' });
  server.hold('conversation.get');
  const refused = client.request('conversation.get', { conversation: ROOM });
  const peer = await server.peer();
  peer.refuse(await peer.asked('conversation.get'), 'rate_limited', true, 1_234);
  await expect(refused).rejects.toBeInstanceOf(MagpieError);
  await expect(refused).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 1_234 });
});

test('frames, kinds and fields that are not known are skipped', async () => {
  server.world.room();
  const client = await liveClient();
  const peer = await server.peer();
  peer.socket.send('not json');
  peer.socket.send('[1]');
  peer.socket.send('{"type":"news","of":"tomorrow"}');
  peer.socket.send('{"type":"signals","signals":[{"kind":"weather","conversation":"x"}]}');
  const event = server.world.say('x');
  peer.socket.send(
    JSON.stringify({
      type: 'events',
      events: [{ ...event, kind: 'message.sung', data: { song: 1 }, extra: true }],
    }),
  );
  peer.push(server.world.say('after all that'));
  await until(() => client.conversations.find(ROOM)?.me.unread === 1);
  expect(client.state.status).toBe('live');
});

test('closing says goodbye and connecting again works', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  await client.close();
  expect(client.state).toEqual({ status: 'closed', reason: 'goodbye' });
  await until(() => peer.closed);
  client.connect();
  await live(client);
  expect(server.peers.length).toBe(2);
});

test('a burst of requests is held below the rate that the server takes', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  const before = peer.frames.length;
  const all = Array.from({ length: 100 }, () => client.request('user.get', { user: LI }));
  await settle();
  const first = peer.frames.length - before;
  expect(first).toBeLessThanOrEqual(60);
  await vi.advanceTimersByTimeAsync(1_000);
  await settle();
  expect(peer.frames.length - before - first).toBeLessThanOrEqual(20);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await Promise.all(all)).toHaveLength(100);
});

test.each([
  ['https://example.com', 'wss://example.com/ws'],
  ['http://example.com:8080/', 'ws://example.com:8080/ws'],
  ['https://example.com/chat', 'wss://example.com/chat/ws'],
  ['https://example.com/a/chat/', 'wss://example.com/a/chat/ws'],
])('the socket of a server at %s is %s', async (url, expected) => {
  const dialled: string[] = [];
  class Noted extends EventTarget {
    readyState = 0;
    constructor(to: string) {
      super();
      dialled.push(to);
    }
    close(): void {}
  }
  newClient({ url, WebSocket: Noted }).connect();
  await until(() => dialled.length > 0);
  expect(dialled).toEqual([expected]);
});
