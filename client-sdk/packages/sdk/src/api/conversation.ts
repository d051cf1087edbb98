import type {
  Conversation,
  ConversationKind,
  MemberPage,
  MemberRole,
  Mentions,
  Message,
  MessageForwardResult,
  MessageReceipts,
  PinPage,
  UserPosition,
  Written,
} from '../generated/contract.js';
import type { Observable } from './observable.js';
import type { Timeline } from './timeline.js';

/** What is sent. A string is short for `{ text }`. */
export interface MessageDraft {
  /** Markdown subset, 1 to 8,000 code points and at most 32 KiB. */
  readonly text?: string;
  /** Instead of `text`: a code snippet. */
  readonly code?: { readonly text: string; readonly language?: string };
  /**
   * Members of the conversation only: a mention of somebody who has left fails with `invalid_field`
   * and `field` `mentions.users`.
   */
  readonly mentions?: Mentions;
  /** The number of the message that this one answers. */
  readonly replyTo?: number;
  /** The number of the first message of the thread that this one belongs to. */
  readonly thread?: number;
}

/** A message that `send` has taken. It also stands in the timeline from now on. */
export interface LocalMessage {
  /** Also the message's `clientId`: the server stores it once, however often it is sent. */
  readonly localId: string;
  /**
   * Resolves when the store has written the message: with a durable store a reload or a crash cannot
   * lose it any more. Until then, some milliseconds, they can; keep what was typed so long. Also
   * resolves when the store refused it: then `syncStatus.store` is `memory`.
   */
  readonly queued: Promise<void>;
  /** Resolves when the server has stored the message; rejects when it is refused or discarded. */
  readonly stored: Promise<{ readonly seq: number; readonly at: string }>;
}

/** My settings of a conversation; the others do not see them. */
export interface ConversationSettings {
  readonly muted?: boolean;
  readonly pinned?: boolean;
  readonly archived?: boolean;
}

/** Everything that can be done with one conversation. */
export interface ConversationHandle {
  readonly id: string;
  /** The conversation as I see it: name or peer, unread, mentions, own settings; absent until loaded. */
  readonly state: Conversation | undefined;
  /** The same as an observable; the first subscriber loads it. */
  readonly summary: Observable<Conversation | undefined>;
  /** Messages outside threads. */
  readonly messages: Timeline;
  /** The messages of the thread that message `seq` starts, without the first one. */
  thread(seq: number): Timeline;

  /**
   * Queues a message. It is kept first, then sent, in order, now or when the connection is back.
   *
   * @throws MagpieError `text_too_long`, `invalid_text`, `invalid_field`, `missing_field` when the
   *   server would refuse it anyway; nothing is queued then
   */
  send(draft: MessageDraft | string): LocalMessage;
  /** Sends a failed message again. */
  retry(localId: string): void;
  /** Forgets a message that is not stored. One that is on its way may still arrive. */
  discard(localId: string): void;

  edit(seq: number, text: string, mentions?: Mentions): Promise<Written>;
  recall(seq: number): Promise<Written>;
  react(seq: number, emoji: string): Promise<Written>;
  unreact(seq: number, emoji: string): Promise<Written>;
  /** Pins a message, for ever or until an instant (RFC 3339 in UTC). */
  pin(seq: number, until?: string): Promise<Written>;
  unpin(seq: number): Promise<Written>;
  pins(cursor?: string): Promise<PinPage>;
  /** Forwards messages of this conversation to another, each or merged into one. */
  forward(seqs: readonly number[], to: string, merge?: boolean): Promise<MessageForwardResult>;
  /** One message, for example the one that a reply answers; from memory where it is there. */
  message(seq: number): Promise<Message>;

  /** Marks everything up to `seq` as read, or all that is there. Coalesced; never goes back. */
  markRead(seq?: number): void;
  /** Call it on each key press: the others are told at most each 3 seconds. */
  typing(): void;
  /** Ids of the others who are writing now. */
  readonly typingUsers: Observable<readonly string[]>;
  /** How far the others are, by user id; the first subscriber loads it. */
  readonly positions: Observable<ReadonlyMap<string, UserPosition>>;
  /** Who has read a message and who has not. */
  receipts(seq: number, cursor?: string): Promise<MessageReceipts>;

  members(cursor?: string): Promise<MemberPage>;
  invite(users: readonly string[]): Promise<Written>;
  remove(user: string): Promise<Written>;
  setRole(user: string, role: MemberRole): Promise<Written>;
  leave(): Promise<Written>;
  rename(name: string): Promise<Written>;
  /** Sets the announcement line; empty removes it. */
  announce(text: string): Promise<Written>;
  settings(settings: ConversationSettings): Promise<Written>;
  /** Short for `settings({ muted })`. */
  mute(on: boolean): Promise<Written>;
  /** Short for `settings({ pinned })`. */
  pinToTop(on: boolean): Promise<Written>;
  /** Short for `settings({ archived })`. */
  archive(on: boolean): Promise<Written>;

  /** The draft on all my devices. */
  readonly draft: { readonly text: string; readonly replyTo?: number } | undefined;
  /** Keeps a draft: here at once, on the server a second after the last call. Empty removes it. */
  setDraft(text: string, replyTo?: number): void;

  /** Shows the messages around one. */
  jumpTo(seq: number): Promise<void>;
  /** Shows the messages from an instant on. */
  jumpToDate(date: Date | string): Promise<void>;
}

/** What `conversations.create` takes. */
export interface NewConversation {
  readonly kind: ConversationKind;
  /** The others; exactly one for a direct conversation. */
  readonly members: readonly string[];
  /** Groups need one. */
  readonly name?: string;
}

export interface ConversationListState {
  /** Pinned first, then by latest activity. */
  readonly items: readonly Conversation[];
  readonly hasMore: boolean;
  readonly loading: boolean;
  /** Whether the first page is there. */
  readonly loaded: boolean;
}

/** My conversations that are not archived, kept up to date by events. */
export interface ConversationList extends Observable<ConversationListState> {
  readonly items: readonly Conversation[];
  readonly hasMore: boolean;
  /** Unread messages in conversations that are loaded and not muted. */
  readonly unread: number;
  loadMore(): Promise<void>;
  /** The archived ones, a page at a time; kept up to date in `find` once seen. */
  archived(cursor?: string): Promise<{ items: readonly Conversation[]; next?: string }>;
  /** Starts a conversation; a direct one with the same person is answered when it exists. */
  create(conversation: NewConversation): Promise<Conversation>;
  /** A conversation that is loaded. */
  find(id: string): Conversation | undefined;
}
