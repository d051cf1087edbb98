import type { User, UserPage } from '../generated/contract.js';
import type { Unsubscribe } from './observable.js';

/** People, cached: the latest 2,000 are kept. */
export interface UserDirectory {
  /** A person if known; otherwise the person is fetched and subscribers are told. */
  get(id: string): User | undefined;
  /** A person, fetched if need be. Rejects with `not_found`. */
  fetch(id: string): Promise<User>;
  /** People whose name, user name or department holds `query`; all for an empty one. */
  search(query: string, cursor?: string): Promise<UserPage>;
  /** Tells when somebody became known or changed. */
  subscribe(listener: () => void): Unsubscribe;
  /** Grows with each change. */
  readonly version: number;
}
