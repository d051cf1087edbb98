import type { Conversation, Event, EventData, Message, OwnState } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type { EventLog } from '../streams/event-log.js';
import { toError } from '../util/failure.js';
import { replay } from '../messages/reduce.js';
import { known } from '../messages/typed.js';
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
   * Takes over a snapshot that was asked for at `begun`. One that the events at hand cannot bring up
   * to date is read again.
   */
  merge(snapshot: Conversation, begun: number): void {
    if (!this.take(snapshot, begun)) void this.fetch(snapshot.id);
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
    if (!old) return;
    const { now, exact } = this.step(old, event);
    this.set(now);
    if (!exact) void this.fetch(event.stream);
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

  /** A message as it was before an event, from the events at hand. */
  private before(event: Event, seq: number): Message | undefined {
    const events = this.host.log(event.stream)?.after(seq - 1) ?? [];
    return replay(events.filter((one) => one.seq < event.seq)).get(seq);
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

  /** Whether the events at hand were enough to bring the snapshot up to date. */
  private take(snapshot: Conversation, begun: number): boolean {
    const { id } = snapshot;
    const log = this.host.log(id);
    const events = log ? log.after(snapshot.head) : [];
    if (!events) return false;
    const old = this.stale.delete(id) ? undefined : this.all.get(id);
    let now = this.withOwn(snapshot, old, begun);
    let exact = true;
    for (const event of events) {
      const step = this.step(now, event);
      now = step.now;
      exact &&= step.exact;
    }
    this.host.learned(now);
    this.set(now);
    return exact;
  }

  /**
   * The conversation after an event. Not exact where the event changes an unread message that is not
   * at hand: only the server can tell whether it was counted.
   */
  private step(old: Conversation, event: Event): { now: Conversation; exact: boolean } {
    const changed = event.seq > old.head ? unreadTarget(event, old.me.read) : undefined;
    const before = changed === undefined ? undefined : this.before(event, changed);
    const now = reduce(old, event, this.host.me(), before);
    return { now, exact: changed === undefined || before !== undefined };
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
        if (!this.take(snapshot, begun)) continue;
        return this.all.get(id);
      }
      return this.all.get(id);
    } catch (thrown) {
      const error = toError(thrown);
      if (error.code === 'not_found') this.remove(id);
      else if (!['disconnected', 'closed', 'offline'].includes(error.code)) this.host.failed(error);
    }
    return undefined;
  }
}

/** The number of the message after `read` that an edit or a recall changes, if it does. */
function unreadTarget(event: Event, read: number): number | undefined {
  const one = known(event);
  if (one.kind !== 'message.edited' && one.kind !== 'message.recalled') return undefined;
  return one.data.message > read ? one.data.message : undefined;
}
