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
