import type { Tokens, User } from '../generated/contract.js';
import { call, type HttpTarget } from './http.js';

/** What a person types to log in. */
export interface Login extends HttpTarget {
  readonly username: string;
  readonly password: string;
  /** Name of the device as the person will see it in the list of sessions, up to 100 characters. */
  readonly device?: string;
  /** Keep the session in an HttpOnly cookie; only for pages of the server's own origin. */
  readonly cookie?: boolean;
}

/**
 * Logs in with a password.
 *
 * @throws MagpieError `wrong_credentials`; `rate_limited` with `retryAfterMs` after several failures
 */
export function login({ username, password, device, cookie, ...target }: Login): Promise<Tokens> {
  return call(target, 'POST', '/sessions', {
    username,
    password,
    ...(device === undefined ? {} : { device }),
    ...(cookie === undefined ? {} : { cookie }),
  });
}

/** Ends the session of `token`, or of the cookie when there is none; its sockets close. */
export async function logout(target: HttpTarget, token?: string): Promise<void> {
  await call(target, 'DELETE', '/sessions/current', undefined, token);
}

/**
 * Sets a password with the token of a single-use link.
 *
 * @throws MagpieError `link_invalid`, `password_too_weak`
 */
export function redeemLink(target: HttpTarget, token: string, password: string): Promise<User> {
  return call(target, 'POST', '/links/redeem', { token, password });
}
