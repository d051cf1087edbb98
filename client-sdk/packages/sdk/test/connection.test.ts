import { expect, test, vi } from 'vitest';
import { MagpieError } from '../src/index.js';
import {
  live,
  liveClient,
  newClient,
  record,
  reconnected,
  server,
  settle,
  until,
} from './kit/index.js';
import { LI, ME, ROOM, ScriptedServer } from './kit/index.js';

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

test('nothing heard for two and a half heartbeats means a dead connection', async () => {
  const client = await liveClient();
  await vi.advanceTimersByTimeAsync(62_000);
  expect(client.state.status).toBe('live');
  server.heartbeat(await server.peer());
  const peer = await server.peer();
  await until(() => peer.frames.some(({ type }) => type === 'heartbeat'));
  await vi.advanceTimersByTimeAsync(62_000);
  expect(client.state.status).toBe('live');
  await vi.advanceTimersByTimeAsync(500);
  expect(client.state).toMatchObject({ status: 'offline', reason: 'silent' });
});

test('a handshake that nobody answers ends after 15 seconds', async () => {
  server.welcoming = false;
  const client = newClient();
  client.connect();
  await server.peer();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(client.state.status).toBe('offline');
});

test('the waits between tries grow from half a second to twenty, with full jitter', async () => {
  const nobody = 'http://127.0.0.1:1';
  for (const [random, expected] of [
    [0, [500, 500, 500, 500, 500, 500, 500, 500]],
    [1, [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]],
    [0.5, [750, 1_250, 2_250, 4_250, 8_250, 10_250, 10_250, 10_250]],
  ] as const) {
    const client = newClient({ url: nobody, random: () => random });
    const waits: number[] = [];
    client.on('state', ({ retryInMs }) => retryInMs !== undefined && waits.push(retryInMs));
    client.connect();
    for (let i = 1; i <= expected.length; i++) {
      await until(() => waits.length === i);
      await vi.advanceTimersByTimeAsync(waits.at(-1)!);
    }
    expect(waits.slice(0, expected.length)).toEqual(expected);
    await client.close();
  }
});

test('the next connection goes to another address, with the cursors and the send on its way', async () => {
  const other = await ScriptedServer.start();
  other.world.room();
  other.storeMessages();
  server.world.room();
  const urls = [server.url, other.url];
  const client = await liveClient({ url: () => urls.shift()! });
  server.hold('message.send');
  const sent = client.conversation(ROOM).send('once');
  const peer = await server.peer();
  const first = await peer.asked('message.send');
  peer.cut();
  await until(() => client.state.status === 'offline');
  await vi.advanceTimersByTimeAsync(client.state.retryInMs!);
  const next = await other.peer();
  expect(next.hello.cursors).toEqual({ [ME]: 0, [ROOM]: 1 });
  expect(await sent.stored).toMatchObject({ seq: 2 });
  expect(next.requests('message.send').map(({ params }) => params)).toEqual([first.params]);
  await client.close();
  await other.stop();
});

test('go_away tells when to come back', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  peer.send({ type: 'go_away', reason: 'shutdown', retryAfterMs: 7_321 });
  peer.close(1012);
  await until(() => client.state.status === 'offline');
  expect(client.state).toMatchObject({ reason: 'restart', retryInMs: 7_321 });
  await vi.advanceTimersByTimeAsync(7_320);
  expect(server.peers.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await server.peer(2);
});

test.each([
  [0, 4_000],
  [0.5, 4_500],
  [1, 5_000],
])(
  'a busy server says when to come again, and clients come apart (%d)',
  async (random, retryInMs) => {
    const client = await liveClient({ random: () => random });
    server.welcoming = false;
    (await server.peer()).cut();
    await until(() => client.state.status === 'offline');
    await vi.advanceTimersByTimeAsync(1_000);
    const busy = await server.peer(2);
    busy.send({
      type: 'error',
      error: { code: 'overloaded', message: 'Busy.', retryable: true, retryAfterMs: 4_000 },
      close: true,
    });
    busy.close(1013);
    await until(() => client.state.status === 'offline');
    expect(client.state).toMatchObject({ reason: 'busy', retryInMs });
    server.welcoming = true;
    await vi.advanceTimersByTimeAsync(retryInMs - 1);
    expect(server.peers.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    await live(client);
  },
);

test('a server that is too busy for tokens is not asked before it said', async () => {
  let calls = 0;
  const client = newClient({
    random: () => 0,
    getToken: () => {
      if (calls++) return 'token';
      throw new MagpieError({
        code: 'overloaded',
        message: 'Busy.',
        retryable: true,
        retryAfterMs: 9_000,
      });
    },
  });
  client.connect();
  await until(() => client.state.status === 'offline');
  expect(client.state).toMatchObject({ reason: 'token', retryInMs: 9_000 });
  await vi.advanceTimersByTimeAsync(9_000);
  await live(client);
});

test.each([
  [1002, 'closed', 'protocol'],
  [1003, 'closed', 'protocol'],
  [1007, 'closed', 'protocol'],
  [1008, 'closed', 'protocol'],
  [1009, 'closed', 'protocol'],
  [1011, 'offline', 'network'],
  [1012, 'offline', 'restart'],
  [1013, 'offline', 'busy'],
  [4400, 'closed', 'protocol'],
  [4403, 'closed', 'superseded'],
  [4408, 'offline', 'silent'],
  [4429, 'offline', 'busy'],
  [4999, 'offline', 'network'],
])('close code %i makes the client %s because of %s', async (code, status, reason) => {
  const client = await liveClient();
  (await server.peer()).close(code);
  await until(() => client.state.status !== 'live');
  expect(client.state).toMatchObject({ status, reason });
});

test('a refused token is asked for once more, afresh, and then the person must log in', async () => {
  const asked: boolean[] = [];
  const client = await liveClient({
    getToken: ({ fresh }) => {
      asked.push(fresh);
      return fresh ? 'fresh' : 'stale';
    },
  });
  server.welcoming = false;
  (await server.peer()).close(4401);
  const second = await server.peer(2);
  expect(second.hello.token).toBe('fresh');
  second.send({
    type: 'error',
    error: { code: 'session_revoked', message: 'Ended.', retryable: false },
    close: true,
  });
  second.close(4401);
  await until(() => client.state.status === 'closed');
  expect(client.state.reason).toBe('login');
  expect(client.state.error?.code).toBe('session_revoked');
  expect(asked).toEqual([false, true]);
  await client.close();
  expect(client.state.reason).toBe('login');
});

test('a token source that says unauthenticated closes the client with the reason login', async () => {
  const client = newClient({
    getToken: () => {
      throw new MagpieError({ code: 'unauthenticated', message: 'No.', retryable: false });
    },
  });
  client.connect();
  await until(() => client.state.status === 'closed');
  expect(client.state.reason).toBe('login');
});

test('a token source that fails otherwise is asked again later', async () => {
  let fails = true;
  const client = newClient({
    getToken: () => (fails ? Promise.reject(new TypeError('no network')) : 'token'),
  });
  client.connect();
  await until(() => client.state.status === 'offline');
  expect(client.state.reason).toBe('token');
  fails = false;
  await vi.advanceTimersByTimeAsync(500);
  await live(client);
});

test('a token that ends soon is replaced on the open connection', async () => {
  const client = await liveClient({ getToken: ({ fresh }) => (fresh ? 'fresh' : 'old') });
  const peer = await server.peer();
  peer.send({ type: 'token_expiring', expiresAt: '2026-01-01T01:00:00Z' });
  await until(() => peer.requests('session.reauth').length === 1);
  expect(peer.requests('session.reauth')[0]!.params).toEqual({ token: 'fresh' });
  expect(client.state.status).toBe('live');
  expect(server.peers.length).toBe(1);
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
