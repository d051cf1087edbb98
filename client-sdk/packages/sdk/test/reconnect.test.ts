import { expect, test, vi } from 'vitest';
import {
  live,
  liveClient,
  ME,
  newClient,
  ROOM,
  ScriptedServer,
  server,
  until,
} from './kit/index.js';

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

test.each(['connecting', 'catching-up', 'offline'] as const)(
  'whoever closes the client on hearing of %s has closed it for good',
  async (moment) => {
    const client = newClient();
    let heard = 0;
    client.on('state', ({ status }) => {
      if (status !== moment) return;
      heard++;
      void client.close();
    });
    client.connect();
    if (moment === 'offline') (await server.peer()).cut();
    await until(() => client.state.status === 'closed');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.state.status).toBe('closed');
    expect(heard).toBe(1);
  },
);

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
