import type { MagpieError } from '../api/errors.js';

/** So many tokens, each a new one, are tried one after another. */
const TRIES = 8;
/** The token of a connection that lasted so long was good, in milliseconds. */
const LASTING_MS = 10_000;

/**
 * Whether it is worth while to try again after a token was refused. Mostly it has just ended, and a
 * fresh one is taken. But a node whose clock is wrong refuses good tokens, too, and other nodes of
 * the same server may take them; so a person is sent to the login only when the session is over or
 * new tokens are refused again and again.
 */
export class Refusals {
  private count = 0;
  private token: string | undefined;

  /** A connection is over that was welcomed so long ago. */
  lasted(ms: number): void {
    if (ms >= LASTING_MS) this.forget();
  }

  /** `token` was refused; answers whether another one should be tried, and whether at once. */
  next(token: string, error: MagpieError | undefined): 'now' | 'later' | 'never' {
    const same = token === this.token;
    this.token = token;
    if (++this.count === 1) return 'now';
    if (same || error?.code === 'session_revoked' || this.count === TRIES) return 'never';
    return 'later';
  }

  /** A new login begins. */
  forget(): void {
    this.count = 0;
    this.token = undefined;
  }
}
