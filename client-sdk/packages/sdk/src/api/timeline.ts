import type { Message } from '../generated/contract.js';
import type { MagpieError } from './errors.js';
import type { Observable } from './observable.js';

/**
 * How far a message of mine has got: `queued` kept on this device, `sent` on its way, `stored` safe
 * on the server, `delivered` and `read` by at least one other person (`receipts` has the counts),
 * `failed` refused for good. Messages of others are always `stored`.
 */
export type MessageStatus = 'queued' | 'sent' | 'stored' | 'delivered' | 'read' | 'failed';

/** How many others have got or read a message of mine; `total` are all others in the conversation. */
export interface ReceiptCounts {
  readonly delivered: number;
  readonly read: number;
  readonly total: number;
}

/** A message as it is shown: stored, or still on its way. */
export interface TimelineMessage extends Omit<Message, 'seq'> {
  /** Stays the same from the local echo to the stored message: use it as key of list items. */
  readonly key: string;
  /** The message's number; absent until it is stored. */
  readonly seq?: number;
  readonly status: MessageStatus;
  /** Whether I sent it. */
  readonly mine: boolean;
  /** The id for `retry` and `discard`; on messages that were sent from here. */
  readonly localId?: string;
  /** Why it failed, or why it has to wait. */
  readonly error?: MagpieError;
  /** Only on messages of mine that are stored. */
  readonly receipts?: ReceiptCounts;
}

export interface TimelineState {
  /** Oldest first; messages that are not stored yet stand at the end. */
  readonly items: readonly TimelineMessage[];
  /** Whether older messages exist that are not loaded. */
  readonly hasBefore: boolean;
  /** Whether newer messages exist that are not loaded; then new ones do not appear here. */
  readonly hasAfter: boolean;
  /** What is being loaded now. */
  readonly loading?: 'page' | 'before' | 'after';
  /** Whether the first page is there. */
  readonly loaded: boolean;
  /** Why the last load failed; gone with the next try. */
  readonly error?: MagpieError;
}

/**
 * A window of messages of a conversation or of a thread, kept up to date by events. It holds at most
 * `timelineLimit` messages: loading more drops the far end, which can be loaded again. The first
 * subscriber loads the newest page.
 */
export interface Timeline extends Observable<TimelineState> {
  readonly items: readonly TimelineMessage[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  /** Loads the newest page, or waits for it when it is on its way. */
  load(): Promise<void>;
  /** Loads older messages; does nothing at the beginning. `limit` 1 to 200, 50 by default. */
  loadBefore(limit?: number): Promise<void>;
  /** Loads newer messages; does nothing at the end. `limit` 1 to 200, 50 by default. */
  loadAfter(limit?: number): Promise<void>;
  /** Shows the newest messages. */
  jumpToLatest(): Promise<void>;
}
