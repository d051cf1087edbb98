import { expect, test, vi } from 'vitest';
import { MagpieError } from '../src/index.js';
import { live, liveClient, newClient, server, until } from './kit/index.js';

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

/** Answers the hello of the next connection as a node does that does not take its token. */
async function refuseNext(code: string): Promise<string> {
  server.welcoming = false;
  const peer = await server.peer(server.peers.length + 1);
  const { token } = peer.hello;
  peer.send({ type: 'error', error: { code, message: 'No.', retryable: false }, close: true });
  peer.close(4401);
  return token;
}

/** A source that answers a new token whenever it is asked for a fresh one. */
function newTokens() {
  const asked: boolean[] = [];
  let count = 0;
  const getToken = ({ fresh }: { fresh: boolean }): string => {
    asked.push(fresh);
    return `token ${fresh ? ++count : count}`;
  };
  return { asked, getToken };
}

test('a session that is ended is asked for once more, afresh, and then the person must log in', async () => {
  const { asked, getToken } = newTokens();
  const client = await liveClient({ getToken });
  const refused = refuseNext('session_revoked');
  (await server.peer()).close(4401);
  expect(await refused).toBe('token 1');
  await until(() => client.state.status === 'closed');
  expect(client.state.reason).toBe('login');
  expect(client.state.error?.code).toBe('session_revoked');
  expect(asked).toEqual([false, true]);
  await client.close();
  expect(client.state.reason).toBe('login');
});

test('a node whose clock is wrong refuses good tokens: they are renewed until a node takes one', async () => {
  const { asked, getToken } = newTokens();
  const client = newClient({ getToken, random: () => 1 });
  client.connect();
  expect(await refuseNext('token_expired')).toBe('token 0');
  expect(await refuseNext('token_expired')).toBe('token 1');
  for (const [retryInMs, token] of [
    [1_000, 'token 2'],
    [2_000, 'token 3'],
  ] as const) {
    await until(() => client.state.status === 'offline');
    expect(client.state).toMatchObject({ reason: 'token', retryInMs });
    expect(client.state.error?.code).toBe('token_expired');
    const refused = refuseNext('token_expired');
    await vi.advanceTimersByTimeAsync(retryInMs);
    expect(await refused).toBe(token);
  }
  await until(() => client.state.status === 'offline');
  server.welcoming = true;
  await vi.advanceTimersByTimeAsync(4_000);
  await live(client);
  expect(asked).toEqual([false, true, true, true, true]);
});

test('when new tokens are refused again and again the person must log in', async () => {
  const { asked, getToken } = newTokens();
  const client = newClient({ getToken, random: () => 1 });
  client.connect();
  const waits: number[] = [];
  client.on('state', ({ retryInMs }) => retryInMs !== undefined && waits.push(retryInMs));
  for (let tries = 1; tries <= 8; tries++) {
    const refused = refuseNext('unauthenticated');
    if (tries > 2) await vi.advanceTimersByTimeAsync(waits.at(-1)!);
    await refused;
    if (tries > 1 && tries < 8) await until(() => waits.length === tries - 1);
  }
  await until(() => client.state.status === 'closed');
  expect(client.state).toMatchObject({ reason: 'login', error: { code: 'unauthenticated' } });
  expect(asked.length).toBe(8);
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000]);
});

test('connections that are refused right after their welcome are not opened for ever', async () => {
  const { asked, getToken } = newTokens();
  const client = newClient({ getToken, random: () => 0 });
  client.connect();
  for (let tries = 1; tries <= 8; tries++) {
    const peer = await server.peer(tries);
    await until(() => client.state.status === 'live');
    peer.close(4401);
    await until(() => client.state.status !== 'live');
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(client.state).toMatchObject({ status: 'closed', reason: 'login' });
  expect(asked.length).toBe(8);
});

test('a source that knows no other token is asked once more', async () => {
  const client = newClient({ getToken: () => 'the only one' });
  client.connect();
  await refuseNext('token_expired');
  await refuseNext('token_expired');
  await until(() => client.state.status === 'closed');
  expect(client.state.reason).toBe('login');
});

test('a fresh token that could not be got is asked for afresh again', async () => {
  const asked: boolean[] = [];
  const client = await liveClient({
    getToken: ({ fresh }) => {
      asked.push(fresh);
      return asked.length === 2 ? Promise.reject(new TypeError('no network')) : 'token';
    },
  });
  (await server.peer()).close(4401);
  await until(() => client.state.status === 'offline');
  await vi.advanceTimersByTimeAsync(500);
  await live(client);
  expect(asked).toEqual([false, true, true]);
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
