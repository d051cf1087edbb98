import type {
  Event,
  ResyncRequired,
  ServerHeartbeat,
  StreamKind,
  StreamState,
  Welcome,
} from '../generated/contract.js';
import type { MagpieError } from '../api/errors.js';
import type { Connection } from '../connection/connection.js';
import { backoff } from '../connection/backoff.js';
import { failure } from '../util/failure.js';
import { Turns } from '../util/turns.js';
import { digest } from './digest.js';
import { Stream, type StreamHost } from './stream.js';

/** The server takes so many cursors in a hello. */
const CURSORS = 900;
/** What was not pushed so long after `welcome` is pulled. */
const CATCH_UP_MS = 10_000;
/** A page of events may be several 100 KB; the server ends connections that lag 1 MiB behind. */
const PULLS = 2;

/** What happens in the streams, for the parts that hold their content. */
export interface StreamReader {
  apply(event: Event, stream: Stream): void;
  /** A conversation stream of mine that was not there before, or moved while nothing was held of it. */
  appeared(stream: string): void;
  gone(stream: string): void;
  /** What is held of the stream is worth nothing any more. */
  dropped(stream: string, kind: StreamKind): void;
  /** Whether something is held of the stream, so that each of its events counts. */
  holds(stream: string): boolean;
  /** The number up to which the snapshot that is held of the stream is true. */
  heldUpTo(stream: string): number | undefined;
  gap(gap: { stream: string; after: number; got: number }): void;
  failed(error: MagpieError): void;
}

/** All streams that are mine. */
export class Streams implements StreamHost {
  private readonly all = new Map<string, Stream>();
  private readonly catchingUp = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  /** Where I ceased to read streams: what is pushed late of them was pulled before. */
  private readonly ended = new Map<string, number>();
  /** No longer mine, as the server says: read to their ends, and removed then. */
  private readonly leaving = new Set<string>();
  private epoch: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private comparing = false;
  private readonly pulls = new Turns(PULLS);

  constructor(
    private readonly connection: () => Connection,
    private readonly reader: StreamReader,
    private readonly random: () => number,
  ) {}

  get(id: string): Stream | undefined {
    return this.all.get(id);
  }

  /** What a hello carries: the inbox and what is held first, the rest as far as there is room. */
  cursors(): { epoch?: string; cursors?: Readonly<Record<string, number>> } {
    if (this.epoch === undefined || this.all.size === 0) return {};
    const rank = (stream: Stream): number =>
      stream.kind === 'inbox' ? 0 : this.reader.holds(stream.id) ? 1 : 2;
    const chosen = [...this.all.values()].sort((a, b) => rank(a) - rank(b)).slice(0, CURSORS);
    const cursors = Object.fromEntries(chosen.map(({ id, cursor }) => [id, cursor]));
    return { epoch: this.epoch, cursors };
  }

  welcome({ epoch }: Welcome, states: readonly StreamState[]): void {
    const restored = this.epoch !== undefined && this.epoch !== epoch;
    this.epoch = epoch;
    const mine = new Set(states.map(({ stream }) => stream));
    for (const id of this.all.keys()) if (!mine.has(id)) this.remove(id);
    this.leaving.clear();
    // Last: another history may count anew in what I was removed from, too.
    if (restored) this.ended.clear();
    this.catchingUp.clear();
    for (const state of states) this.resume(state, restored);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hurry(), CATCH_UP_MS);
    this.checkCaughtUp();
  }

  events(events: readonly Event[]): void {
    for (const event of events) this.stream(event)?.receive(event);
  }

  heartbeat({ heads, count, hash }: ServerHeartbeat): void {
    for (const [id, head] of Object.entries(heads)) this.all.get(id)?.require(head);
    const pushed = [...this.all.values()].map(({ id, pushed }) => [id, pushed] as const);
    if (count !== this.all.size || hash !== digest(pushed)) void this.compare();
  }

  resync({ stream: id, head }: ResyncRequired): void {
    const stream = this.all.get(id);
    if (!stream) return;
    stream.reset(head);
    this.catchingUp.delete(id);
    this.reader.dropped(id, stream.kind);
    this.checkCaughtUp();
  }

  /** A conversation that I may read from event `from` on, also where an earlier end is on its way. */
  join(id: string, from: number): void {
    const stream = this.all.get(id);
    this.leaving.delete(id);
    if (stream) stream.require(from - 1);
    else this.begin(id, 'conversation', from - 1);
  }

  /** My membership ends with event `seq`; what is known of after it belongs to a new one. */
  left(id: string, seq: number): void {
    const known = this.all.get(id)?.known ?? 0;
    this.remove(id);
    if (known <= seq) return;
    this.begin(id, 'conversation', seq).require(known);
  }

  remove(id: string): void {
    const stream = this.all.get(id);
    if (stream) this.ended.set(id, stream.cursor);
    stream?.lost();
    this.all.delete(id);
    this.catchingUp.delete(id);
    this.failures.delete(id);
    this.leaving.delete(id);
    this.reader.gone(id);
    this.checkCaughtUp();
  }

  lost(): void {
    clearTimeout(this.timer);
    for (const stream of this.all.values()) stream.lost();
    this.pulls.stop(failure('disconnected', 'The connection ended.'));
  }

  /** Another person logged in: nothing of the old one's is kept. */
  clear(): void {
    for (const id of [...this.all.keys()]) this.remove(id);
    this.ended.clear();
    this.epoch = undefined;
  }

  pull(stream: string, after: number, limit: number) {
    return this.pulls.run(() =>
      this.connection().request('stream.events', { stream, after, limit }),
    );
  }

  apply(event: Event, stream: Stream): void {
    if (this.all.get(stream.id) === stream) this.reader.apply(event, stream);
  }

  gap(stream: string, after: number, got: number): void {
    this.reader.gap({ stream, after, got });
  }

  moved({ id, cursor, behind }: Stream): void {
    if (!behind) this.failures.delete(id);
    if (!behind && this.leaving.has(id)) {
      this.remove(id);
      return;
    }
    const head = this.catchingUp.get(id);
    if (head === undefined || cursor < head) return;
    this.catchingUp.delete(id);
    this.checkCaughtUp();
  }

  pullFailed(stream: Stream, error: MagpieError): void {
    if (error.code === 'disconnected' || error.code === 'closed') return;
    if (error.code === 'not_found' || error.code === 'forbidden') {
      this.remove(stream.id);
      return;
    }
    this.reader.failed(error);
    const failures = this.failures.get(stream.id) ?? 0;
    this.failures.set(stream.id, failures + 1);
    const wait = error.retryAfterMs ?? backoff(failures, this.random);
    setTimeout(() => this.all.get(stream.id) === stream && stream.require(stream.cursor), wait);
  }

  private resume({ stream: id, kind, head, after }: StreamState, restored: boolean): void {
    const known = this.all.get(id);
    if (!known) {
      this.begin(id, kind, after);
    } else if (restored) {
      known.reset(after);
    } else if (after > known.cursor && !this.reader.holds(id) && kind === 'conversation') {
      known.reset(after);
      this.reader.appeared(id);
    } else {
      known.pushed = after;
      known.require(after);
    }
    if (this.all.get(id)!.cursor < head) this.catchingUp.set(id, head);
  }

  /** The stream of an event; one that was not announced begins with it. */
  private stream({ stream: id, seq }: Event): Stream | undefined {
    const stream = this.all.get(id);
    if (stream || seq <= (this.ended.get(id) ?? 0)) return stream;
    return this.begin(id, 'conversation', seq - 1);
  }

  /**
   * A stream that is mine and was not known, whoever told of it: its events count from `after` on, or
   * from where a snapshot of it ends that came before; never those that were read before an end.
   */
  private begin(id: string, kind: StreamKind, after: number): Stream {
    const held = Math.min(after, this.reader.heldUpTo(id) ?? after);
    const stream = new Stream(id, kind, Math.max(held, this.ended.get(id) ?? 0), this);
    stream.pushed = after;
    this.all.set(id, stream);
    stream.require(after);
    if (kind === 'conversation') this.reader.appeared(id);
    return stream;
  }

  private checkCaughtUp(): void {
    if (this.catchingUp.size > 0) return;
    clearTimeout(this.timer);
    this.connection().caughtUp();
  }

  private hurry(): void {
    for (const [id, head] of this.catchingUp) this.all.get(id)?.require(head);
  }

  /** The heartbeat counts other numbers than we do: asks for all heads and pulls what is missing. */
  private async compare(): Promise<void> {
    if (this.comparing) return;
    this.comparing = true;
    try {
      const before = [...this.all.keys()];
      const seen = new Set<string>();
      let cursor: string | undefined;
      do {
        const page = await this.connection().request('stream.list', cursor ? { cursor } : {});
        for (const { stream, kind, head } of page.items) {
          seen.add(stream);
          this.head(stream, kind, head);
        }
        cursor = page.next;
      } while (cursor !== undefined);
      for (const id of before) if (!seen.has(id)) this.leave(id);
    } catch {
      // The next heartbeat, or the next connection, looks again.
    } finally {
      this.comparing = false;
    }
  }

  /** What was there before my membership ended may be on its way: a pull brings the rest. */
  private leave(id: string): void {
    const stream = this.all.get(id);
    if (!stream) return;
    this.leaving.add(id);
    stream.require(stream.known + 1);
  }

  private head(id: string, kind: StreamKind, head: number): void {
    const known = this.all.get(id) ?? this.begin(id, kind, head);
    this.leaving.delete(id);
    known.pushed = Math.max(known.pushed, head);
    known.require(head);
  }
}
