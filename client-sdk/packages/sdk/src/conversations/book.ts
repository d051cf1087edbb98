import type { Conversation, Event, EventData, OwnState } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type { EventLog } from '../streams/event-log.js';
import { toError } from '../util/failure.js';
import { moved, reduce, type OwnMove } from './reduce.js';

/** How often a snapshot is read again when the events after it are not at hand any more. */
const TRIES = 5;

export interface BookHost {
  readonly request: Client['request'];
  me(): string;
  log(conversation: string): EventLog | undefined;
  changed(conversation: Conversation, removed: boolean): void;
  learned(conversation: Conversation): void;
  failed(error: unknown): void;
}

/** What is known of my conversations: snapshots that events bring up to date. */
export class Book {
  private readonly all = new Map<string, Conversation>();
  /** When own settings last changed by an event, as a count: a snapshot asked for before is older. */
  private readonly ownChanges = new Map<string, number>();
  private readonly fetching = new Map<string, Promise<Conversation | undefined>>();
  private readonly stale = new Set<string>();
  private clock = 0;

  constructor(private readonly host: BookHost) {}

  get(id: string): Conversation | undefined {
    return this.all.get(id);
  }

  values(): Iterable<Conversation> {
    return this.all.values();
  }

  /** Moves on and answers the present count, to be given to `merge` with what is asked for now. */
  begin(): number {
    return ++this.clock;
  }

  /**
   * Takes over a snapshot that was asked for at `begun`. One that is older than the events at hand
   * can tell of is read again.
   */
  merge(snapshot: Conversation, begun: number): void {
    const old = this.stale.delete(snapshot.id) ? undefined : this.all.get(snapshot.id);
    if (old && old.head > snapshot.head && !this.host.log(snapshot.id)?.after(snapshot.head)) {
      void this.fetch(snapshot.id);
      return;
    }
    let now = this.withOwn(snapshot, old, begun);
    for (const event of this.host.log(snapshot.id)?.after(snapshot.head) ?? []) {
      now = reduce(now, event, this.host.me());
    }
    this.host.learned(now);
    this.set(now);
  }

  /** Reads a conversation; several that ask at the same time share one answer. */
  fetch(id: string): Promise<Conversation | undefined> {
    let running = this.fetching.get(id);
    if (!running) {
      running = this.read(id).finally(() => this.fetching.delete(id));
      this.fetching.set(id, running);
    }
    return running;
  }

  apply(event: Event): void {
    const old = this.all.get(event.stream);
    if (old) this.set(reduce(old, event, this.host.me()));
  }

  settings({ conversation, muted, pinned, archived }: EventData['settings.changed']): void {
    this.own(conversation, { muted, pinned, archived });
  }

  draft({ conversation, text, replyTo }: EventData['draft.changed'], at: string): void {
    const { draft: _, ...own } = this.all.get(conversation)?.me ?? {};
    const reply = replyTo === undefined ? {} : { replyTo };
    this.own(conversation, text === '' ? {} : { draft: { text, at, ...reply } }, own as OwnState);
  }

  moved(id: string, move: OwnMove): void {
    const old = this.all.get(id);
    if (!old) return;
    this.ownChanges.set(id, ++this.clock);
    this.set(moved(old, move, this.host.log(id)?.after(move.read), this.host.me()));
  }

  /** Nothing of what is held counts any more; it is shown until the next snapshot replaces it. */
  drop(id: string): void {
    if (this.all.has(id)) this.stale.add(id);
  }

  remove(id: string): void {
    this.stale.delete(id);
    const old = this.all.get(id);
    this.all.delete(id);
    this.ownChanges.delete(id);
    if (old) this.host.changed(old, true);
  }

  private own(id: string, change: Partial<OwnState>, base?: OwnState): void {
    const old = this.all.get(id);
    if (!old) return;
    this.ownChanges.set(id, ++this.clock);
    this.set({ ...old, me: { ...(base ?? old.me), ...change } });
  }

  private set(now: Conversation): void {
    if (this.all.get(now.id) === now) return;
    this.all.set(now.id, now);
    this.host.changed(now, false);
  }

  /** The snapshot with what is newer here: settings that changed meanwhile, a position on its way. */
  private withOwn(snapshot: Conversation, old: Conversation | undefined, begun: number) {
    if (!old) return snapshot;
    let now = snapshot;
    if ((this.ownChanges.get(snapshot.id) ?? 0) >= begun) {
      const { muted, pinned, archived, draft } = old.me;
      const { draft: _, ...fresh } = snapshot.me;
      now = { ...now, me: { ...fresh, muted, pinned, archived, ...(draft ? { draft } : {}) } };
    }
    if (old.me.read <= now.me.read) return now;
    const since = this.host.log(snapshot.id)?.after(old.me.read);
    return moved(now, old.me, since, this.host.me());
  }

  private async read(id: string): Promise<Conversation | undefined> {
    try {
      for (let i = 0; i < TRIES; i++) {
        const begun = this.begin();
        const snapshot = await this.host.request('conversation.get', { conversation: id });
        const log = this.host.log(id);
        if (log && !log.after(snapshot.head)) continue;
        this.merge(snapshot, begun);
        return this.all.get(id);
      }
    } catch (thrown) {
      const error = toError(thrown);
      if (error.code === 'not_found') this.remove(id);
      else if (!['disconnected', 'closed', 'offline'].includes(error.code)) this.host.failed(error);
    }
    return undefined;
  }
}
