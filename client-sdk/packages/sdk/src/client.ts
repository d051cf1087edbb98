import type {
  Conversation,
  Event,
  Requests,
  ResyncRequired,
  ServerHeartbeat,
  Signals,
  StreamKind,
  StreamState,
  Welcome,
} from './generated/contract.js';
import type { Client } from './api/client.js';
import type { ConnectedServer, ConnectionState, Identity, SyncStatus } from './api/connection.js';
import type { ConversationHandle } from './api/conversation.js';
import type { MagpieError } from './api/errors.js';
import type { ClientEvents } from './api/events.js';
import type { Observable, Unsubscribe } from './api/observable.js';
import type { ClientOptions, WebSocketConstructor } from './api/options.js';
import type { Store } from './api/store.js';
import { Connection, type Session } from './connection/connection.js';
import { Book } from './conversations/book.js';
import { Handles } from './conversations/handles.js';
import { List } from './conversations/list.js';
import { Reporter } from './conversations/reporter.js';
import { applyInbox } from './inbox.js';
import { messageOf } from './messages/reduce.js';
import { known, type Known } from './messages/typed.js';
import { memoryStore } from './outbox/memory-store.js';
import { Outbox } from './outbox/outbox.js';
import { watchInput } from './presence/input.js';
import { Presence } from './presence/presence.js';
import type { Stream } from './streams/stream.js';
import { Streams, type StreamReader } from './streams/streams.js';
import { Users } from './users/directory.js';
import { Cell } from './util/cell.js';
import { Emitter } from './util/emitter.js';
import { failure, toError } from './util/failure.js';
import { guardUnload, onLeaving } from './util/unload.js';

/** More conversations than this that moved unseen are read as a page of the list. */
const ONE_BY_ONE = 20;
/** Failures that the next connection mends by itself. */
const PASSING = new Set<string>(['disconnected', 'offline', 'closed']);

/** Wires the parts and passes on what one tells the others. */
class MagpieClient implements Client, Session, StreamReader {
  readonly identity = new Cell<Identity | undefined>(undefined);
  readonly conversations: List;
  readonly users: Users;
  readonly presence: Presence;
  server: ConnectedServer | undefined;
  private readonly link: Connection;
  private readonly now: () => number;
  private readonly store: Store;
  private readonly streams: Streams;
  private readonly outbox: Outbox;
  private readonly book: Book;
  private readonly handles: Handles;
  private readonly reporter: Reporter;
  private readonly emitter = new Emitter<ClientEvents>();
  private unseen = new Set<string>();
  private leaving: Unsubscribe | undefined;
  private input: Unsubscribe | undefined;

  constructor(options: ClientOptions) {
    const random = options.random ?? Math.random;
    const now = options.now ?? (() => performance.now());
    this.now = now;
    this.store = options.store ?? memoryStore();
    this.link = connection(options, random, now, this);
    const request = this.request.bind(this);
    const ready = (): boolean => this.link.ready;
    const me = (): string => this.identity.get()?.user ?? '';
    const log = (id: string) => this.streams.get(id)?.log;

    this.users = new Users(request);
    this.presence = new Presence({
      request,
      ready,
      random,
      now,
      changed: (presence) => this.emitter.emit('presence', presence),
      failed: (error) => this.failed(error),
    });
    this.streams = new Streams(() => this.link, this, random);
    this.book = new Book({
      request,
      me,
      log,
      changed: (conversation, removed) => this.conversationChanged(conversation, removed),
      learned: ({ peer }) => peer && this.users.learn([peer]),
      failed: (error) => this.failed(toError(error)),
    });
    this.conversations = new List(this.book, request);
    this.outbox = new Outbox(this.store, {
      ready,
      random,
      send: (params) => request('message.send', params),
      changed: (id) => this.handles.get(id)?.changed(),
      storeFailed: (error) => this.emitter.emit('store', { store: 'memory', error }),
    });
    this.reporter = new Reporter(
      { request, ready, random, moved: (one) => this.book.moved(one.conversation, one) },
      now,
    );
    this.handles = new Handles({
      request,
      ready,
      now,
      log,
      book: this.book,
      outbox: this.outbox,
      users: this.users,
      reporter: this.reporter,
      timelineLimit: options.timelineLimit ?? 500,
      me: () => this.identity.get()?.user,
      server: () => this.server,
    });
    this.sync.subscribe(() => this.emitter.emit('sync', this.syncStatus));
  }

  connect(): void {
    this.outbox.open();
    this.leaving ??= onLeaving(() => this.tellDrafts());
    this.input ??= watchInput(this.now, (active) => this.presence.activity(active));
    this.link.connect();
  }

  async close(): Promise<void> {
    this.leaving?.();
    this.leaving = undefined;
    this.input?.();
    this.input = undefined;
    this.presence.stop();
    this.reporter.hurry();
    this.tellDrafts();
    this.link.close();
    this.outbox.close();
    await this.outbox.settled;
    await this.store.close?.();
  }

  get connection(): Observable<ConnectionState> {
    return this.link.state;
  }

  get state(): ConnectionState {
    return this.link.state.get();
  }

  get me(): Identity | undefined {
    return this.identity.get();
  }

  get sync(): Observable<SyncStatus> {
    return this.outbox.sync;
  }

  get syncStatus(): SyncStatus {
    return this.outbox.sync.get();
  }

  on<K extends keyof ClientEvents>(name: K, listener: (event: ClientEvents[K]) => void) {
    return this.emitter.on(name, listener);
  }

  request<K extends keyof Requests>(
    op: K,
    params: Requests[K]['params'],
    options?: { readonly timeoutMs?: number },
  ): Promise<Requests[K]['result']> {
    return this.link.request(op, params, options?.timeoutMs);
  }

  conversation(id: string): ConversationHandle {
    return this.handles.of(id);
  }

  discardUnsent(): Promise<void> {
    return this.outbox.clear();
  }

  preventUnload(): Unsubscribe {
    return guardUnload(() => this.syncStatus.pending > 0);
  }

  // Session: what the connection tells.

  cursors() {
    return this.streams.cursors();
  }

  welcome(welcome: Welcome, states: readonly StreamState[]): void {
    const { user, session, node, epoch, connection: id, features, limits } = welcome;
    const before = this.me;
    if (before && before.user !== user) this.forgetAll();
    if (before?.session !== session) this.identity.set({ user, session });
    this.server = { node, epoch, connection: id, features, limits };
    this.streams.welcome(welcome, states);
    this.outbox.identify(user);
    this.reporter.resume();
    this.users.retryMissing();
    this.presence.welcome(epoch, welcome.serverTime);
    for (const handle of this.handles.values()) handle.resume();
    if (!this.conversations.get().loaded) this.refreshList();
  }

  events(events: readonly Event[]): void {
    this.streams.events(events);
  }

  signals(signals: Signals['signals']): void {
    for (const signal of signals) {
      if (signal.kind === 'typing' && signal.user !== this.me?.user) {
        this.handles.get(signal.conversation)?.writes(signal.user);
        const { kind: _, ...typing } = signal;
        this.emitter.emit('typing', typing);
      } else if (signal.kind === 'position') {
        this.handles.get(signal.conversation)?.signalled(signal);
        const { kind: _, ...position } = signal;
        this.emitter.emit('position', position);
      } else if (signal.kind === 'presence') this.presence.signalled(signal.presence);
    }
  }

  heartbeat(heartbeat: ServerHeartbeat): void {
    this.streams.heartbeat(heartbeat);
  }

  resync(frame: ResyncRequired): void {
    this.streams.resync(frame);
    const { type: _, ...resync } = frame;
    this.emitter.emit('resync', resync);
  }

  entered(state: ConnectionState): void {
    this.emitter.emit('state', state);
  }

  lost(): void {
    this.streams.lost();
    this.outbox.lost();
    this.reporter.stop();
    this.presence.lost();
    for (const handle of this.handles.values()) handle.lost();
  }

  error(error: MagpieError): void {
    this.emitter.emit('error', error);
  }

  // StreamReader: what the streams tell.

  apply(event: Event, { kind, id }: Stream): void {
    if (kind === 'inbox') {
      applyInbox(event, this.book, this.streams, this.presence);
      const one = known(event);
      if (one.kind === 'membership.added') {
        this.handles.get(one.data.conversation)?.resume();
        this.presence.meet();
      }
    } else this.applyConversation(event, id);
    this.emitter.emit('event', event);
  }

  appeared(id: string): void {
    // Before the list is there, the list brings it.
    if (!this.conversations.get().loaded) return;
    if (this.unseen.size === 0) queueMicrotask(() => this.readUnseen());
    this.unseen.add(id);
  }

  gone(id: string): void {
    this.book.remove(id);
    this.reporter.forget(id);
    this.handles.get(id)?.drop(false);
  }

  dropped(id: string, kind: StreamKind): void {
    if (kind === 'inbox') {
      for (const { id: held } of this.book.values()) this.book.drop(held);
      this.refreshList();
      this.presence.missed();
      return;
    }
    this.outbox.arrived(id, this.streams.get(id)?.cursor ?? 0);
    this.handles.get(id)?.drop(true);
    this.book.drop(id);
    void this.book.fetch(id);
  }

  holds(id: string): boolean {
    return this.book.get(id) !== undefined || (this.handles.get(id)?.holds ?? false);
  }

  heldUpTo(id: string): number | undefined {
    return this.book.get(id)?.head;
  }

  gap(gap: ClientEvents['gap']): void {
    this.emitter.emit('gap', gap);
  }

  failed(error: MagpieError): void {
    if (!PASSING.has(error.code)) this.emitter.emit('error', error);
  }

  /** At once instead of after a pause. */
  private tellDrafts(): void {
    for (const handle of this.handles.values()) handle.hurry();
  }

  private applyConversation(event: Event, id: string): void {
    const { book, handles, outbox } = this;
    const one = known(event);
    const mine = one.by === this.me?.user;
    if (book.get(id)) book.apply(event);
    else this.appeared(id);
    if (one.kind === 'message.sent')
      outbox.arrived(id, one.seq, mine ? one.data.clientId : undefined, one.at);
    handles.get(id)?.apply(event);
    if (one.kind === 'message.sent') this.arrived(one, mine);
    if (one.kind === 'member.added') this.presence.meet();
    if (one.kind === 'member.removed' && one.data.user === this.me?.user)
      this.streams.left(id, one.seq);
  }

  private arrived(event: Known<'message.sent'>, mine: boolean): void {
    if (!mine) this.reporter.delivered(event.stream, event.seq);
    const message = messageOf(event);
    const key = `#${message.seq}`;
    this.emitter.emit('message', { ...message, key, mine, status: 'stored' });
  }

  private conversationChanged(conversation: Conversation, removed: boolean): void {
    this.conversations.changed();
    this.handles.get(conversation.id)?.changed();
    const { me, lastMessage } = conversation;
    const news = lastMessage !== undefined && lastMessage.sender !== this.me?.user;
    if (!removed && news && lastMessage.seq > Math.max(me.delivered, me.read)) {
      this.reporter.delivered(conversation.id, lastMessage.seq);
    }
    this.emitter.emit('conversation', { conversation, removed });
  }

  private readUnseen(): void {
    const ids = [...this.unseen];
    this.unseen = new Set();
    if (ids.length > ONE_BY_ONE) this.refreshList();
    else for (const id of ids) void this.book.fetch(id);
  }

  private refreshList(): void {
    this.conversations.refresh().catch((error: unknown) => this.failed(toError(error)));
  }

  /** Another person logged in. */
  private forgetAll(): void {
    this.streams.clear();
    this.presence.forget();
    this.conversations.forget();
    for (const { id } of [...this.book.values()]) this.gone(id);
  }
}

function connection(
  options: ClientOptions,
  random: () => number,
  now: () => number,
  session: Session,
): Connection {
  const webSocket = (options.WebSocket ?? globalThis.WebSocket) as WebSocketConstructor | undefined;
  if (!webSocket) {
    throw failure(
      'bad_request',
      'This platform has no WebSocket: give one as the option WebSocket.',
    );
  }
  return new Connection(
    {
      url: options.url,
      name: (options.name ?? 'magpie-sdk').slice(0, 64),
      getToken: options.getToken,
      requestTimeoutMs: options.requestTimeoutMs ?? 15_000,
      logger: options.logger,
      webSocket,
      random,
      now,
    },
    session,
  );
}

/** Makes a client of a Magpie server; `connect` starts it. */
export function createClient(options: ClientOptions): Client {
  return new MagpieClient(options);
}
