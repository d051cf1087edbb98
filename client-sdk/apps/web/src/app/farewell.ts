import { codeOf } from './errorText';
import { readSetting, writeSetting } from './safeStorage';

const SETTING = 'logout';
const PENDING = 'pending';
/** As `safeStorage` calls it. */
const STORAGE_KEY = `magpie.${SETTING}`;

/** Codes that mean that nobody is logged in here; anything else may pass. */
export const NOBODY = new Set([
  'unauthenticated',
  'session_revoked',
  'token_expired',
  'wrong_credentials',
]);

/**
 * A logout that the server may not know of yet. The cookie cannot be deleted by a page: until the
 * server has ended the session, a note in this browser keeps every tab from going on with it.
 */
export class Farewell {
  constructor(private readonly logout: () => Promise<void>) {}

  get pending(): boolean {
    return readSetting(SETTING) === PENDING;
  }

  begin(): void {
    writeSetting(SETTING, PENDING);
  }

  /** Ends the session on the server if that is still to be done; rejects when it is not reached. */
  finish(): Promise<void> {
    return alone(() => this.end());
  }

  /** Logs in after the old session is over: its end must not come later and hit the new one. */
  before<T>(login: () => Promise<T>): Promise<T> {
    return alone(async () => {
      try {
        await this.end();
      } catch (error) {
        if (codeOf(error) === 'http_error') throw error;
        // The server refuses to end it; the login takes the place of its cookie.
      }
      const result = await login();
      writeSetting(SETTING, '');
      return result;
    });
  }

  /** Calls `gone` when the person logs out in another tab. */
  watch(gone: () => void): () => void {
    const changed = ({ key, newValue }: StorageEvent): void => {
      if (key === STORAGE_KEY && newValue === PENDING) gone();
    };
    window.addEventListener('storage', changed);
    return () => window.removeEventListener('storage', changed);
  }

  private async end(): Promise<void> {
    if (!this.pending) return;
    try {
      await this.logout();
    } catch (error) {
      if (!NOBODY.has(codeOf(error))) throw error;
    }
    writeSetting(SETTING, '');
  }
}

/** In one tab at a time. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? (locks.request(STORAGE_KEY, work) as Promise<T>) : work();
}
