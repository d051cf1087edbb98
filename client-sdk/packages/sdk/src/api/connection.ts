import type { Limits } from '../generated/contract.js';
import type { MagpieError } from './errors.js';

/**
 * - `idle`: `connect` was not called yet
 * - `connecting`: opening a connection
 * - `catching-up`: connected; what was missed is on its way
 * - `live`: up to date
 * - `offline`: the connection is gone; it is tried again by itself
 * - `closed`: over, until `connect` is called again; `reason` tells why
 */
export type ConnectionStatus =
  'idle' | 'connecting' | 'catching-up' | 'live' | 'offline' | 'closed';

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /**
   * With `closed`: `login` the person must log in (again), `goodbye` your program called `close`,
   * `superseded` the user opened too many connections, `protocol` client and server do not fit.
   * With `offline`: `network`, `restart` the server restarts, `silent` nothing was heard, `token`
   * no token could be got that the server takes, `busy` the server refused for now.
   */
  readonly reason?:
    | 'login'
    | 'goodbye'
    | 'superseded'
    | 'protocol'
    | 'network'
    | 'restart'
    | 'silent'
    | 'token'
    | 'busy';
  /** What the server said, where it said something. */
  readonly error?: MagpieError;
  /** With `offline`: milliseconds until the next try, as planned when the state was entered. */
  readonly retryInMs?: number;
}

/** What the server told about itself at the last `welcome`. */
export interface ConnectedServer {
  readonly node: string;
  readonly epoch: string;
  readonly connection: string;
  readonly features: readonly string[];
  readonly limits: Limits;
}

/** Who is logged in. */
export interface Identity {
  readonly user: string;
  readonly session: string;
}

/** What waits to be stored by the server. */
export interface SyncStatus {
  /** Messages that are queued or on their way. */
  readonly pending: number;
  /** Messages that the server refused; they wait for `retry` or `discard`. */
  readonly failed: number;
  /** Where unsent messages are kept now; `memory` does not survive a reload. */
  readonly store: 'durable' | 'memory';
}
