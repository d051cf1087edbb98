import type { MessageSendParams } from '../generated/contract.js';
import type { ErrorDetails } from './errors.js';

/** A message that waits for the server's word. */
export interface OutboxEntry {
  /** The message's `clientId`. */
  readonly id: string;
  /** The user who wrote it; another user of the same store never sends it. */
  readonly user: string;
  readonly params: MessageSendParams;
  /** Display only: when it was written, by the client's clock. */
  readonly at: string;
  /** Set when the server refused it for good; it stays until retried or discarded. */
  readonly failed?: ErrorDetails;
}

/**
 * Keeps what must survive a reload. Each method resolves when the change is durable and rejects when
 * it could not be made; the client then keeps the message in memory and tells by the `store` event.
 */
export interface Store {
  /** Whether what it holds survives the end of the program. */
  readonly durable: boolean;
  /**
   * Name of what several clients of one browser share, for example of the database; clients with the
   * same name coordinate so that each message is sent by one of them. Absent: not shared.
   */
  readonly shared?: string;
  /** All entries in the order in which they were added. */
  list(): Promise<readonly OutboxEntry[]>;
  /** One entry as it is now. */
  get(id: string): Promise<OutboxEntry | undefined>;
  /** Adds an entry at the end, or replaces the one with the same id in its place. */
  put(entry: OutboxEntry): Promise<void>;
  /** Removes an entry; nothing happens where there is none. */
  remove(id: string): Promise<void>;
  /** A small value kept beside the outbox, for example the last user. */
  getValue(key: string): Promise<string | undefined>;
  setValue(key: string, value: string): Promise<void>;
  close?(): Promise<void>;
}
