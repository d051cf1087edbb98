import type { Requests } from '../generated/contract.js';
import type { ConnectionState, Identity, ConnectedServer, SyncStatus } from './connection.js';
import type { ConversationHandle, ConversationList } from './conversation.js';
import type { ClientEvents } from './events.js';
import type { Observable, Unsubscribe } from './observable.js';
import type { PresenceDirectory } from './presence.js';
import type { UserDirectory } from './users.js';

/** Everything a program needs to talk with a Magpie server. Made by `createClient`. */
export interface Client {
  /** Starts connecting and keeps the connection until `close`; calling it again does nothing. */
  connect(): void;
  /** Says goodbye. What is queued stays in the store and is sent by the next client. */
  close(): Promise<void>;

  readonly state: ConnectionState;
  readonly connection: Observable<ConnectionState>;
  /** Who is logged in; absent before the first `welcome`. */
  readonly me: Identity | undefined;
  readonly identity: Observable<Identity | undefined>;
  /** Absent before the first `welcome`. */
  readonly server: ConnectedServer | undefined;

  on<K extends keyof ClientEvents>(
    name: K,
    listener: (event: ClientEvents[K]) => void,
  ): Unsubscribe;

  /**
   * Calls an operation of the contract and waits for its reply. Waits for the connection first, all
   * together not longer than `timeoutMs` (15,000 by default).
   *
   * @throws MagpieError as the server refuses it; `offline` when there was no connection in time;
   *   `disconnected` when the connection ended before the reply: it may or may not have been done
   */
  request<K extends keyof Requests>(
    op: K,
    params: Requests[K]['params'],
    options?: { readonly timeoutMs?: number },
  ): Promise<Requests[K]['result']>;

  readonly conversations: ConversationList;
  /** The handle of a conversation, always the same object for one id. */
  conversation(id: string): ConversationHandle;
  readonly users: UserDirectory;
  readonly presence: PresenceDirectory;

  readonly sync: Observable<SyncStatus>;
  readonly syncStatus: SyncStatus;
  /**
   * Discards all messages of this person that are not stored by the server, from memory and from the
   * store, and forgets in the store who this was: for logging out where others use the device, too.
   * Rejects with the store's own error when it could not be emptied.
   */
  discardUnsent(): Promise<void>;
  /**
   * In browsers: asks before a page is left while messages wait that a reload would lose or delay.
   * Answers the function that ends it.
   */
  preventUnload(): Unsubscribe;
}
