import { expect, test } from 'vitest';
import { cookieSession, login, logout, MagpieError, passwordSession } from '../src/index.js';
import type { Tokens } from '../src/index.js';

const user = {
  id: '00000000-0000-4000-8000-000000000001',
  username: 'li.na',
  displayName: '李娜',
  kind: 'member' as const,
  avatar: '/a.svg',
};

function tokens(number: number): Tokens {
  return {
    accessToken: `access-${number}`,
    refreshToken: `refresh-${number}`,
    expiresAt: '2026-01-01T00:00:00Z',
    session: '00000000-0000-4000-8000-0000000000aa',
    user,
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A server that answers with what `answers` holds, one after the other, and notes what it was asked. */
function server(...answers: readonly (readonly [number, unknown])[]) {
  const calls: Call[] = [];
  const fake = async (url: unknown, init?: RequestInit): Promise<Response> => {
    calls.push({
      method: init?.method ?? 'GET',
      path: new URL(String(url)).pathname,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      headers: new Headers(init?.headers),
    });
    const [status, body] = answers[calls.length - 1] ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  };
  return { calls, target: { url: 'https://chat.example', fetch: fake as typeof fetch } };
}

test('a login answers tokens and sends the password in the body only', async () => {
  const { calls, target } = server([201, tokens(1)]);
  const answer = await login({ ...target, username: 'li.na', password: 'secret', device: 'test' });
  expect(answer.accessToken).toBe('access-1');
  expect(calls[0]).toMatchObject({
    method: 'POST',
    path: '/api/v1/sessions',
    body: { username: 'li.na', password: 'secret', device: 'test' },
  });
});

test('a refused login is a MagpieError with the code of the problem', async () => {
  const { target } = server([401, { code: 'wrong_credentials', detail: 'No.', retryable: false }]);
  const refused = login({ ...target, username: 'li.na', password: 'x' });
  await expect(refused).rejects.toBeInstanceOf(MagpieError);
  await expect(refused).rejects.toMatchObject({ code: 'wrong_credentials', retryable: false });
});

test('a password session refreshes once for all who ask and keeps the new refresh token', async () => {
  const kept: string[] = [];
  const { calls, target } = server([201, tokens(1)], [200, tokens(2)], [200, tokens(3)]);
  const session = await passwordSession({
    ...target,
    username: 'li.na',
    password: 'secret',
    onTokens: (pair) => void kept.push(pair.refreshToken!),
  });
  expect(await session.getToken({ fresh: false })).toBe('access-1');
  const both = [session.getToken({ fresh: true }), session.getToken({ fresh: true })];
  expect(await Promise.all(both)).toEqual(['access-2', 'access-2']);
  expect(await session.getToken({ fresh: true })).toBe('access-3');
  expect(calls.slice(1).map((call) => call.body)).toEqual([
    { refreshToken: 'refresh-1' },
    { refreshToken: 'refresh-2' },
  ]);
  expect(kept).toEqual(['refresh-1', 'refresh-2', 'refresh-3']);
});

test('a cookie session resumes without a body and with the header against forged requests', async () => {
  const { calls, target } = server([200, tokens(1)], [200, {}]);
  const session = cookieSession(target);
  expect((await session.resume()).displayName).toBe('李娜');
  expect(calls[0]!.body).toBeUndefined();
  expect(calls[0]!.headers.get('X-Magpie-Csrf')).toBe('1');
  expect(await session.getToken({ fresh: false })).toBe('access-1');
});

test('logging out ends the session of the token', async () => {
  const { calls, target } = server([200, {}]);
  await logout(target, 'access-1');
  expect(calls[0]).toMatchObject({ method: 'DELETE', path: '/api/v1/sessions/current' });
  expect(calls[0]!.headers.get('Authorization')).toBe('Bearer access-1');
});

test('a server that cannot be reached is a retryable failure', async () => {
  const fetch = (() =>
    Promise.reject(new TypeError('no route'))) as unknown as typeof globalThis.fetch;
  const failed = login({ url: 'https://chat.example', fetch, username: 'a', password: 'b' });
  await expect(failed).rejects.toMatchObject({ code: 'http_error', retryable: true });
});

test.each([
  ['https://example.com', '/api/v1/sessions/current'],
  ['https://example.com/chat', '/api/v1/sessions/current'],
  ['https://example.com/a/chat/?x=1#y', '/api/v1/sessions/current'],
])('the API of a server at %s is below its path', async (url, path) => {
  const asked: string[] = [];
  const fake = async (to: unknown): Promise<Response> => {
    asked.push(String(to));
    return new Response('{}');
  };
  await logout({ url, fetch: fake as typeof fetch }, 'token');
  const base = url.replace(/\/?(\?.*)?$/, '');
  expect(asked).toEqual([base + path]);
});
