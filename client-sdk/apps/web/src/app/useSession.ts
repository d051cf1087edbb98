import { cookieSession, createClient, type Client } from '@magpie/sdk';
import { idbStore } from '@magpie/sdk/store-idb';
import { useCallback, useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, errorText } from './errorText';
import { deviceName } from './deviceName';
import { Farewell, NOBODY } from './farewell';

/**
 * What a person who is not logged in (any more) must know: `ended` by the server or another tab;
 * `unfinished` the server does not know of the logout yet; `finished` now it does; `kept` unsent
 * messages could not be deleted.
 */
export type Notice = 'ended' | 'unfinished' | 'finished' | 'kept';

export type SessionState =
  | { readonly phase: 'starting'; readonly error?: string }
  | { readonly phase: 'anonymous'; readonly notice?: Notice }
  | { readonly phase: 'ready'; readonly client: Client };

const RETRY_MS = 3000;
const ANSWER_MS = 15_000;

const session = cookieSession({
  fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(ANSWER_MS) }),
});
const farewell = new Farewell(() => session.logout());

function openClient(): Client {
  const client = createClient({
    url: location.origin,
    getToken: session.getToken,
    store: idbStore(),
    name: 'magpie-web',
  });
  client.connect();
  return client;
}

/** Who is logged in on this page: from the cookie of an earlier visit, or by the login page. */
export function useSession() {
  const { t } = useTranslation();
  const [state, setState] = useState<SessionState>({ phase: 'starting' });

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const resume = async () => {
      if (farewell.pending) {
        setState({ phase: 'anonymous' });
        return;
      }
      try {
        await session.resume();
        if (!over) setState({ phase: 'ready', client: openClient() });
      } catch (error) {
        if (over) return;
        if (NOBODY.has(codeOf(error))) setState({ phase: 'anonymous' });
        else {
          setState({ phase: 'starting', error: errorText(t, error) });
          timer = setTimeout(() => void resume(), RETRY_MS);
        }
      }
    };
    void resume();
    return () => {
      over = true;
      clearTimeout(timer);
    };
    // Once a page: the language of an error text does not matter here.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const client = state.phase === 'ready' ? state.client : undefined;
  useEffect(
    () =>
      client?.on('state', ({ status, reason }) => {
        if (status === 'closed' && reason === 'login')
          setState({ phase: 'anonymous', notice: 'ended' });
      }),
    [client],
  );
  useEffect(
    () =>
      client &&
      farewell.watch(() => {
        setState({ phase: 'anonymous', notice: 'ended' });
        void client.close();
      }),
    [client],
  );
  useFinish(state.phase === 'anonymous', setState);

  const login = useCallback(async (username: string, password: string) => {
    const device = deviceName(navigator.userAgent);
    await farewell.before(() => session.login({ username, password, device }));
    setState({ phase: 'ready', client: openClient() });
  }, []);

  const logout = useCallback(async () => {
    // Whether or not the server can be reached: nobody reads on here.
    farewell.begin();
    setState({ phase: 'anonymous' });
    try {
      await client?.discardUnsent();
    } catch {
      setState((now) => (now.phase === 'anonymous' ? { ...now, notice: 'kept' } : now));
    }
    await client?.close();
  }, [client]);

  return { state, login, logout };
}

/** Tells the server of a logout, again and again until it is reached. */
function useFinish(anonymous: boolean, setState: Dispatch<SetStateAction<SessionState>>) {
  useEffect(() => {
    if (!anonymous || !farewell.pending) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (from: Notice | undefined, notice: Notice) =>
      setState((now) =>
        now.phase === 'anonymous' && now.notice === from ? { ...now, notice } : now,
      );
    const attempt = async () => {
      try {
        await farewell.finish();
        note('unfinished', 'finished');
      } catch {
        if (over) return;
        note(undefined, 'unfinished');
        timer = setTimeout(() => void attempt(), RETRY_MS);
      }
    };
    void attempt();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [anonymous, setState]);
}
