import { cookieSession, createClient, type Client } from '@magpie/sdk';
import { idbStore } from '@magpie/sdk/store-idb';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, errorText } from './errorText';
import { deviceName } from './deviceName';

export type SessionState =
  | { readonly phase: 'starting'; readonly error?: string }
  | { readonly phase: 'anonymous'; readonly ended: boolean }
  | { readonly phase: 'ready'; readonly client: Client };

const RETRY_MS = 3000;
/** Codes that mean that nobody is logged in here; anything else may pass. */
const NOBODY = new Set([
  'unauthenticated',
  'session_revoked',
  'token_expired',
  'wrong_credentials',
]);

const session = cookieSession();

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
      try {
        await session.resume();
        if (!over) setState({ phase: 'ready', client: openClient() });
      } catch (error) {
        if (over) return;
        if (NOBODY.has(codeOf(error))) setState({ phase: 'anonymous', ended: false });
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
          setState({ phase: 'anonymous', ended: true });
      }),
    [client],
  );

  const login = useCallback(async (username: string, password: string) => {
    await session.login({ username, password, device: deviceName(navigator.userAgent) });
    setState({ phase: 'ready', client: openClient() });
  }, []);

  const logout = useCallback(async () => {
    try {
      await session.logout();
    } catch (error) {
      if (!NOBODY.has(codeOf(error))) throw error;
    }
    await client?.close();
    setState({ phase: 'anonymous', ended: false });
  }, [client]);

  return { state, login, logout };
}
