import type {
  Availability,
  LastSeenPrivacy,
  Presence,
  PresenceSettings,
} from '../generated/contract.js';
import type { Observable, Unsubscribe } from './observable.js';

/** A status in own words. */
export interface StatusDraft {
  /** One line of 1 to 80 code points. */
  readonly text: string;
  readonly emoji?: string;
  /** When it ends, in the future; left out, it stays until it is cleared. */
  readonly until?: Date | string;
}

/** Who is there, and what I show of myself. */
export interface PresenceDirectory {
  /**
   * Keeps up with these people, over reconnects too, until the returned function is called. Those
   * who are watched several times are asked for once. Watch who is on the screen: a connection may
   * watch 10,000 at most. `listener` is called with each change; `get` has what is known already.
   */
  watch(ids: Iterable<string>, listener?: (presence: Presence) => void): Unsubscribe;
  /**
   * How somebody who is watched is shown, as far as known: absent until the server has answered, and
   * for people who do not exist, or not for me. While there is no connection it is the last that was
   * known. The same object until something changed.
   */
  get(id: string): Presence | undefined;
  /** A single look at somebody who need not be watched. Rejects with `not_found`. */
  fetch(id: string): Promise<Presence>;
  /** Tells when what `get` answers changed for anybody. */
  subscribe(listener: () => void): Unsubscribe;
  /** Grows with each change. */
  readonly version: number;

  /** What I chose, on whatever device; read when the first listener comes, absent until then. */
  readonly mine: Observable<PresenceSettings | undefined>;
  /** Reads what I chose. */
  settings(): Promise<PresenceSettings>;
  /** Chooses how I am shown and who sees when I was there last; what is left out stays. */
  set(change: {
    readonly availability?: Availability;
    readonly lastSeen?: LastSeenPrivacy;
  }): Promise<void>;
  setStatus(status: StatusDraft): Promise<void>;
  clearStatus(): Promise<void>;
  /**
   * Says whether somebody is at this device. In browsers the SDK says so by itself: nobody is while
   * the page is hidden or nothing was touched for 5 minutes. Elsewhere somebody is, until you say
   * otherwise.
   */
  activity(active: boolean): void;
}
