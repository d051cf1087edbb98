import type { Tokens, User } from '../generated/contract.js';
import type { TokenSource } from '../api/options.js';
import { failure } from '../util/failure.js';
import { call, type HttpTarget } from './http.js';
import { login, logout, type Login } from './login.js';
import { alone, RefreshingToken } from './refreshing.js';

/** A session whose refresh token the program holds itself: Node, native shells, other origins. */
export interface PasswordSession {
  readonly user: User;
  /** Give it to `createClient`. */
  readonly getToken: TokenSource;
  /** The refresh token now in force. */
  readonly refreshToken: string | undefined;
  /** Ends the session on the server. */
  logout(): Promise<void>;
}

/** What `passwordSession` starts from: a login, or tokens that were kept. */
export type PasswordSessionOptions = HttpTarget &
  (Omit<Login, 'cookie'> | { readonly tokens: Tokens }) & {
    /** Called with each new pair of tokens, so that you can keep them; await what must be durable. */
    readonly onTokens?: (tokens: Tokens) => void | Promise<void>;
  };

/** Logs in (or goes on with `tokens`) and refreshes tokens by itself. */
export async function passwordSession(options: PasswordSessionOptions): Promise<PasswordSession> {
  let tokens = 'tokens' in options ? options.tokens : await login(options);
  if (!('tokens' in options)) await options.onTokens?.(tokens);
  const target: HttpTarget = options;
  const source = new RefreshingToken(
    () =>
      alone(`magpie:refresh:${tokens.session}`, async () => {
        const { refreshToken } = tokens;
        if (refreshToken === undefined) throw failure('unauthenticated', 'No refresh token.');
        tokens = await call<Tokens>(target, 'POST', '/sessions/refresh', { refreshToken });
        await options.onTokens?.(tokens);
        return tokens;
      }),
    tokens.accessToken,
  );
  return {
    get user() {
      return tokens.user;
    },
    get refreshToken() {
      return tokens.refreshToken;
    },
    getToken: source.getToken,
    logout: () => logout(target, source.current),
  };
}
