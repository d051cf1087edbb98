import type { Tokens, User } from '../generated/contract.js';
import type { TokenSource } from '../api/options.js';
import { call, type HttpTarget } from './http.js';
import { login, logout, type Login } from './login.js';
import { alone, RefreshingToken } from './refreshing.js';

/**
 * A session in the server's HttpOnly cookie: for pages that the Magpie server's own origin serves.
 * The page never sees the refresh token.
 */
export interface CookieSession {
  /** The person, after `login` or the first token. */
  readonly user: User | undefined;
  /** Give it to `createClient`. Fails with `unauthenticated` when nobody is logged in. */
  readonly getToken: TokenSource;
  /** Goes on with the cookie of an earlier visit; rejects when there is none. */
  resume(): Promise<User>;
  login(login: Pick<Login, 'username' | 'password' | 'device'>): Promise<User>;
  logout(): Promise<void>;
}

/** Makes a {@link CookieSession}; `url` is the page's own origin by default. */
export function cookieSession(options: Partial<HttpTarget> = {}): CookieSession {
  const target: HttpTarget = { ...options, url: options.url ?? globalThis.location.origin };
  let user: User | undefined;
  const take = (tokens: Tokens): Tokens => {
    user = tokens.user;
    return tokens;
  };
  const refresh = (): Promise<Tokens> =>
    alone(`magpie:refresh:${target.url}`, async () =>
      take(await call<Tokens>(target, 'POST', '/sessions/refresh')),
    );
  let source = new RefreshingToken(refresh);
  const begin = (tokens: Tokens): User => {
    source = new RefreshingToken(refresh, tokens.accessToken);
    return take(tokens).user;
  };
  return {
    get user() {
      return user;
    },
    getToken: (request) => source.getToken(request),
    resume: async () => begin(await refresh()),
    login: async (person) => begin(await login({ ...target, ...person, cookie: true })),
    logout: async () => {
      await logout(target);
      source = new RefreshingToken(refresh);
      user = undefined;
    },
  };
}
