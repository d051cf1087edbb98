import type {
  Conversation,
  Event,
  PositionSignal,
  Presence,
  ResyncRequired,
  TypingSignal,
} from '../generated/contract.js';
import type { ConnectionState, SyncStatus } from './connection.js';
import type { MagpieError } from './errors.js';
import type { TimelineMessage } from './timeline.js';

/** What `client.on` can be asked for, and what the listener gets. */
export interface ClientEvents {
  /** The connection's state changed. */
  state: ConnectionState;
  /** Something failed that no promise tells of. */
  error: MagpieError;
  /** Every durable event of every stream of mine, once and in the order of its stream. */
  event: Event;
  /** A stream could not be resumed; what was held of it was dropped and is read anew. */
  resync: Omit<ResyncRequired, 'type'>;
  /** Numbers were missing and are being pulled; for your metrics, nothing to do. */
  gap: { readonly stream: string; readonly after: number; readonly got: number };
  /** A conversation of mine changed, appeared or (`removed`) is gone. */
  conversation: { readonly conversation: Conversation; readonly removed: boolean };
  /** A new message, mine or of others, live or caught up. */
  message: TimelineMessage;
  typing: Omit<TypingSignal, 'kind'>;
  /** Somebody else's delivered and read positions. */
  position: Omit<PositionSignal, 'kind'>;
  /** Somebody who is watched is shown differently now. */
  presence: Presence;
  sync: SyncStatus;
  /** The store failed: unsent messages are in memory now and do not survive a reload. */
  store: { readonly store: 'memory'; readonly error: unknown };
}
