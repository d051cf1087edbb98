import type { MessageSendParams, MessageSendResult } from '../generated/contract.js';
import type { SyncStatus } from '../api/connection.js';
import { MagpieError } from '../api/errors.js';
import type { OutboxEntry, Store } from '../api/store.js';
import { Cell } from '../util/cell.js';
import { failure } from '../util/failure.js';
import { newId } from '../util/ids.js';
import { Sending, type Echo, type Stored } from './echo.js';
import { Lane, type LaneHost } from './lane.js';
import { connectTabs, type TabNote, type Tabs } from './tabs.js';

const USER = 'user';
/** Ids of messages sent from here, so that they keep their keys in lists. */
const REMEMBERED = 1_000;

/** What the outbox needs from the client. */
export interface OutboxHost {
  ready(): boolean;
  send(params: MessageSendParams): Promise<MessageSendResult>;
  /** Messages of the conversation changed. */
  changed(conversation: string): void;
  storeFailed(error: unknown): void;
  random(): number;
}

/**
 * Messages of mine that are not back by their stream yet. Each is kept in the store before it is
 * sent, until the server says that it is stored; after a cut it is sent again under the same id.
 */
export class Outbox implements LaneHost {
  readonly sync: Cell<SyncStatus>;
  private readonly lanes = new Map<string, Lane>();
  private tabs: Tabs | undefined;
  private readonly seen = new Set<string>();
  /** Changes of the store, one after the other, so that the order of messages is kept. */
  private writes: Promise<unknown>;
  private user = '';
  private degraded = false;

  constructor(
    private readonly store: Store,
    private readonly host: OutboxHost,
  ) {
    this.sync = new Cell<SyncStatus>({ pending: 0, failed: 0, store: this.kind() });
    this.writes = this.restore();
  }

  get shared(): boolean {
    return this.store.shared !== undefined;
  }

  echoes(conversation: string): readonly Echo[] {
    const all = this.lanes.get(conversation)?.all ?? [];
    return all.filter((one) => this.mine(one.echo.entry)).map((one) => one.echo);
  }

  /** Who is logged in: only what this person wrote is sent. */
  identify(user: string): void {
    if (user !== this.user) {
      this.user = user;
      this.sign();
      this.writes = this.writes.then(() => this.store.setValue(USER, user)).catch(() => {});
      for (const id of this.lanes.keys()) this.host.changed(id);
      this.count();
    }
    this.kick();
  }

  kick(): void {
    for (const lane of this.lanes.values()) lane.kick();
  }

  lost(): void {
    for (const lane of this.lanes.values()) lane.lost();
  }

  put(params: MessageSendParams): Sending {
    const sending = this.begin(params);
    this.lane(params.conversation).add(sending);
    this.changed(params.conversation);
    return sending;
  }

  retry(conversation: string, id: string): void {
    const lane = this.lane(conversation);
    const failed = lane.find(id);
    if (failed?.echo.status !== 'failed') return;
    const { failed: why, params } = failed.echo.entry;
    if (why?.code === 'client_id_reused') {
      // The id stands for another content on the server: it cannot be used for this one any more.
      // The new one is kept before the old one goes: a reload in between must not lose both.
      lane.remove(id);
      this.put({ ...params, clientId: newId() });
      this.forget(id, {});
    } else {
      lane.replace(this.begin(params));
      this.changed(conversation);
    }
  }

  discard(conversation: string, id: string): void {
    const gone = this.lane(conversation).remove(id);
    if (!gone) return;
    this.forget(id, {});
    this.update(gone, { status: 'failed' });
    gone.refuse(failure('closed', 'The message was discarded.'));
    this.changed(conversation);
  }

  /** Discards all that this person has not sent, and forgets who that was. */
  async clear(): Promise<void> {
    await this.writes;
    for (const [conversation, lane] of this.lanes) {
      for (const { id, echo } of [...lane.all])
        if (this.mine(echo.entry)) this.discard(conversation, id);
    }
    await this.writes;
    // What could not be removed before fails here once more, and its caller learns of it.
    for (const entry of await this.store.list())
      if (this.mine(entry)) await this.store.remove(entry.id);
    await this.store.setValue(USER, '');
  }

  /** The stream has got to `cursor`: what is stored up to there has come back by it. */
  arrived(conversation: string, cursor: number, clientId?: string, at?: string): void {
    const lane = this.lanes.get(conversation);
    if (!lane) return;
    const own = clientId === undefined ? undefined : lane.find(clientId);
    if (own && own.echo.seq === undefined && at !== undefined)
      this.stored(own, { conversation, seq: cursor, at });
    const back = lane.all.filter(({ echo }) => echo.seq !== undefined && echo.seq <= cursor);
    for (const { id } of back) lane.remove(id);
    if (back.length > 0) this.changed(conversation);
  }

  /** Listens to the other tabs from now on. */
  open(): void {
    this.tabs ??= connectTabs(this.store.shared, (note) => this.heard(note));
  }

  close(): void {
    this.lost();
    this.tabs?.close();
    this.tabs = undefined;
  }

  /** Whether a message began as an echo in this program. */
  sentHere(clientId: string): boolean {
    return this.seen.has(clientId);
  }

  /** Resolves when everything so far is in the store. */
  get settled(): Promise<unknown> {
    return this.writes;
  }

  // What the lanes ask for.

  ready(): boolean {
    return this.user !== '' && this.host.ready();
  }

  send(params: MessageSendParams): Promise<MessageSendResult> {
    return this.host.send(params);
  }

  alone(name: string, work: () => Promise<void>): Promise<void> {
    return this.tabs ? this.tabs.alone(name, work) : work();
  }

  kept(id: string): Promise<OutboxEntry | undefined> {
    return this.store.get(id);
  }

  async caughtUp(): Promise<void> {
    await this.tabs?.caughtUp();
  }

  random(): number {
    return this.host.random();
  }

  changed(conversation: string): void {
    this.count();
    this.host.changed(conversation);
  }

  stored(
    sending: Sending,
    { seq, at }: Pick<MessageSendResult, 'conversation' | keyof Stored>,
  ): void {
    if (sending.echo.seq !== undefined) return;
    this.forget(sending.id, { seq, at });
    this.update(sending, { status: 'stored', seq });
    sending.settle({ seq, at });
  }

  failed(sending: Sending, error: MagpieError): void {
    const { code, message, retryable, field, correlationId } = error;
    const failed = { code, message, retryable, field, correlationId };
    this.update(sending, { status: 'failed', entry: { ...sending.echo.entry, failed } });
    sending.refuse(error);
    void this.persist(sending);
  }

  mine({ user }: OutboxEntry): boolean {
    return user === this.user;
  }

  refused(sending: Sending, entry: OutboxEntry): void {
    if (!sending.open || !entry.failed) return;
    this.update(sending, { status: 'failed', entry });
    sending.refuse(new MagpieError(entry.failed));
  }

  persist(sending: Sending): Promise<void> {
    const write = this.writes.then(async () => {
      try {
        if (!this.wanted(sending)) return;
        await this.store.put(sending.echo.entry);
        sending.memoryOnly = false;
        this.degraded = false;
        // Another tab may have told meanwhile that it is done with it.
        if (this.wanted(sending)) this.tabs?.tell({ type: 'put', entry: sending.echo.entry });
        else await this.store.remove(sending.id);
      } catch (error) {
        sending.memoryOnly = true;
        this.degraded = true;
        this.host.storeFailed(error);
      } finally {
        this.count();
        sending.persisted();
      }
    });
    this.writes = write;
    return write;
  }

  /** Whether the store still has to hold it. */
  private wanted(sending: Sending): boolean {
    const { status, entry } = sending.echo;
    const lane = this.lanes.get(entry.params.conversation);
    return status !== 'stored' && lane?.find(entry.id) === sending;
  }

  private begin(params: MessageSendParams): Sending {
    const at = new Date().toISOString();
    const entry: OutboxEntry = { id: params.clientId, user: this.user, params, at };
    const sending = new Sending({ entry, status: 'queued' });
    this.remember(entry.id);
    void this.persist(sending);
    return sending;
  }

  private lane(conversation: string): Lane {
    let lane = this.lanes.get(conversation);
    if (!lane) this.lanes.set(conversation, (lane = new Lane(conversation, this)));
    return lane;
  }

  /** What was written before it was known who writes belongs to who is logged in now. */
  private sign(): void {
    for (const lane of this.lanes.values()) {
      for (const one of lane.all) {
        if (one.echo.entry.user !== '') continue;
        one.echo = { ...one.echo, entry: { ...one.echo.entry, user: this.user } };
        void this.persist(one);
      }
    }
  }

  private remember(clientId: string): void {
    this.seen.add(clientId);
    if (this.seen.size <= REMEMBERED) return;
    for (const oldest of this.seen) {
      this.seen.delete(oldest);
      return;
    }
  }

  private update(sending: Sending, change: Partial<Echo>): void {
    this.lane(sending.echo.entry.params.conversation).update(sending, change);
  }

  private forget(id: string, stored: { seq?: number; at?: string }): void {
    this.writes = this.writes
      // First the note: who misses the message in the store should know why.
      .then(() => this.tabs?.tell({ type: 'removed', id, ...stored }))
      .then(() => this.store.remove(id))
      .catch((error: unknown) => this.host.storeFailed(error));
  }

  private async restore(): Promise<void> {
    try {
      const user = (await this.store.getValue(USER)) ?? '';
      const places = new Map<string, number>();
      for (const entry of await this.store.list()) {
        const { conversation } = entry.params;
        const place = places.get(conversation) ?? 0;
        places.set(conversation, place + 1);
        this.adopt(entry, place);
      }
      if (this.user === '' && user !== '') {
        this.user = user;
        this.sign();
      }
    } catch (error) {
      this.degraded = true;
      this.host.storeFailed(error);
    }
    this.count();
  }

  /** An entry that another program or tab has written. */
  private adopt(entry: OutboxEntry, place?: number): void {
    const lane = this.lane(entry.params.conversation);
    const here = lane.find(entry.id);
    const retried = here?.echo.status === 'failed' && !entry.failed;
    if (here && !retried) {
      this.refused(here, entry);
      return;
    }
    const sending = new Sending({ entry, status: entry.failed ? 'failed' : 'queued' });
    sending.persisted();
    this.remember(entry.id);
    if (here) lane.replace(sending);
    else lane.add(sending, place);
    this.changed(entry.params.conversation);
  }

  private heard(note: TabNote): void {
    if (note.type === 'put') {
      this.adopt(note.entry);
      return;
    }
    for (const [conversation, lane] of this.lanes) {
      const found = lane.find(note.id);
      if (!found) continue;
      const { seq, at } = note;
      if (seq !== undefined && at !== undefined) {
        lane.update(found, { status: 'stored', seq });
        found.settle({ seq, at });
      } else {
        lane.remove(note.id);
        found.refuse(failure('closed', 'The message was discarded.'));
        this.changed(conversation);
      }
    }
  }

  private kind(): SyncStatus['store'] {
    return this.store.durable && !this.degraded ? 'durable' : 'memory';
  }

  private count(): void {
    let pending = 0;
    let failed = 0;
    for (const lane of this.lanes.values()) {
      for (const one of lane.all) {
        if (!this.mine(one.echo.entry)) continue;
        if (one.open) pending++;
        else if (one.echo.status === 'failed') failed++;
      }
    }
    const old = this.sync.get();
    const store = this.kind();
    if (old.pending === pending && old.failed === failed && old.store === store) return;
    this.sync.set({ pending, failed, store });
  }
}
