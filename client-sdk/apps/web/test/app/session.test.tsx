import type { Client } from '@magpie/sdk';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSession } from '../../src/app/useSession';

const client = {
  connect: vi.fn<() => void>(),
  on: () => () => undefined,
  discardUnsent: vi.fn<() => Promise<void>>(() => Promise.resolve()),
  close: vi.fn<() => Promise<void>>(() => Promise.resolve()),
};

vi.mock('@magpie/sdk', async (original) => ({
  ...(await original<object>()),
  createClient: () => client as unknown as Client,
}));

/** Answers by method and path; `undefined` is a server that cannot be reached. */
let answers: Record<string, (() => Response) | undefined>;
let asked: string[];

const json = (status: number, body: object = {}) => new Response(JSON.stringify(body), { status });
const tokens = () => json(200, { accessToken: 'token', session: 's', user: { id: 'u' } });
const nobody = () => json(401, { code: 'unauthenticated', detail: 'No.', retryable: false });

const REFRESH = 'POST /api/v1/sessions/refresh';
const LOGIN = 'POST /api/v1/sessions';
const LOGOUT = 'DELETE /api/v1/sessions/current';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  vi.clearAllMocks();
  localStorage.clear();
  asked = [];
  answers = { [REFRESH]: tokens, [LOGIN]: tokens, [LOGOUT]: () => json(200) };
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    const what = `${init.method} ${url.pathname}`;
    asked.push(what);
    const answer = answers[what];
    if (!answer) throw new TypeError('no route');
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function loggedIn() {
  const hook = renderHook(() => useSession());
  await waitFor(() => expect(hook.result.current.state.phase).toBe('ready'));
  return hook;
}

it('logging out ends the session and leaves nothing unsent behind', async () => {
  const { result } = await loggedIn();
  await act(() => result.current.logout());
  await waitFor(() => expect(asked).toContain(LOGOUT));
  expect(result.current.state).toEqual({ phase: 'anonymous' });
  expect(client.discardUnsent).toHaveBeenCalledOnce();
  expect(client.close).toHaveBeenCalledOnce();
});

it('logging out without a connection ends the view here, and the session when it can', async () => {
  const { result } = await loggedIn();
  answers[LOGOUT] = undefined;
  await act(() => result.current.logout());
  expect(client.discardUnsent).toHaveBeenCalledOnce();
  await waitFor(() =>
    expect(result.current.state).toEqual({ phase: 'anonymous', notice: 'unfinished' }),
  );
  answers[LOGOUT] = () => json(200);
  await act(() => vi.advanceTimersByTimeAsync(3000));
  await waitFor(() =>
    expect(result.current.state).toEqual({ phase: 'anonymous', notice: 'finished' }),
  );
});

it('a reload after such a logout does not go on with the old session', async () => {
  const before = await loggedIn();
  answers[LOGOUT] = undefined;
  await act(() => before.result.current.logout());
  await waitFor(() => expect(asked).toContain(LOGOUT));
  before.unmount();
  asked = [];
  answers[LOGOUT] = nobody;
  const { result } = renderHook(() => useSession());
  await waitFor(() => expect(asked).toEqual([LOGOUT]));
  expect(result.current.state.phase).toBe('anonymous');
  await act(() => result.current.login('li.na', 'secret'));
  expect(asked).toEqual([LOGOUT, LOGIN]);
  expect(result.current.state.phase).toBe('ready');
});

it('the next login ends the old session first', async () => {
  const { result } = await loggedIn();
  answers[LOGOUT] = undefined;
  await act(() => result.current.logout());
  await expect(act(() => result.current.login('li.na', 'secret'))).rejects.toMatchObject({
    code: 'http_error',
  });
  expect(asked).not.toContain(LOGIN);
  answers[LOGOUT] = () => json(200);
  asked = [];
  await act(() => result.current.login('li.na', 'secret'));
  expect(asked).toEqual([LOGOUT, LOGIN]);
});

it('a logout in another tab ends the view here, too', async () => {
  const { result } = await loggedIn();
  const event = new StorageEvent('storage', { key: 'magpie.logout', newValue: 'pending' });
  act(() => void window.dispatchEvent(event));
  expect(result.current.state).toEqual({ phase: 'anonymous', notice: 'ended' });
  expect(client.close).toHaveBeenCalledOnce();
});

it('says when messages could not be deleted', async () => {
  const { result } = await loggedIn();
  client.discardUnsent.mockRejectedValueOnce(new Error('broken'));
  await act(() => result.current.logout());
  expect(result.current.state).toEqual({ phase: 'anonymous', notice: 'kept' });
});
