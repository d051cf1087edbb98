import type { Event, StreamEvents, StreamKind } from '../generated/contract.js';
import type { MagpieError } from '../api/errors.js';
import { toError } from '../util/failure.js';
import { EventLog } from './event-log.js';

/** More events than this are not held back while a pull runs; the pull brings them. */
const HELD = 1_000;
const PAGE = 200;

/** What a stream needs from its surroundings. */
export interface StreamHost {
  pull(stream: string, after: number, limit: number): Promise<StreamEvents>;
  /** Exactly once for each event, in order. */
  apply(event: Event, stream: Stream): void;
  gap(stream: string, after: number, got: number): void;
  /** The cursor moved or a pull ended. */
  moved(stream: Stream): void;
  pullFailed(stream: Stream, error: MagpieError): void;
}

/**
 * The cursor of one stream. Applies events in the order of their numbers, each once; what is missing
 * is pulled while what came too early is held back.
 */
export class Stream {
  readonly log: EventLog;
  /** The last number that was pushed on this connection, as the heartbeat's hash counts it. */
  pushed: number;
  private held = new Map<number, Event>();
  private target = 0;
  private pulling = false;
  private generation = 0;

  constructor(
    readonly id: string,
    readonly kind: StreamKind,
    private at: number,
    private readonly host: StreamHost,
  ) {
    this.log = new EventLog(at);
    this.pushed = at;
  }

  /** The last number applied, or known to be none of mine. */
  get cursor(): number {
    return this.at;
  }

  get behind(): boolean {
    return this.at < this.target || this.held.size > 0;
  }

  /** The last number that is known of. */
  get known(): number {
    return Math.max(this.at, this.target, ...this.held.keys());
  }

  receive(event: Event): void {
    this.pushed = Math.max(this.pushed, event.seq);
    if (event.seq <= this.at) return;
    if (event.seq === this.at + 1 && !this.pulling) {
      this.apply(event);
      this.drain();
      this.host.moved(this);
      return;
    }
    if (!this.pulling) this.host.gap(this.id, this.at, event.seq);
    if (this.held.size < HELD) this.held.set(event.seq, event);
    this.require(event.seq);
  }

  /** Makes sure that the cursor gets to `seq`, by a pull. */
  require(seq: number): void {
    this.target = Math.max(this.target, seq);
    if (!this.pulling && this.behind) void this.pull();
  }

  /** Forgets everything and goes on after `seq`. */
  reset(seq: number): void {
    this.lost();
    this.at = seq;
    this.pushed = seq;
    this.target = 0;
    this.log.reset(seq);
  }

  /** The connection is gone: the next one begins with the cursor. */
  lost(): void {
    this.generation++;
    this.pulling = false;
    this.held.clear();
  }

  private apply(event: Event): void {
    this.at = event.seq;
    this.log.add(event);
    this.host.apply(event, this);
  }

  private drain(): void {
    for (let next = this.held.get(this.at + 1); next; next = this.held.get(this.at + 1)) {
      this.apply(next);
    }
    for (const seq of this.held.keys()) if (seq <= this.at) this.held.delete(seq);
  }

  private async pull(): Promise<void> {
    this.pulling = true;
    const mine = this.generation;
    try {
      while (this.behind) {
        const page = await this.host.pull(this.id, this.at, PAGE);
        if (mine !== this.generation) return;
        if (!this.take(page)) this.giveUp();
      }
      this.pulling = false;
      this.host.moved(this);
    } catch (thrown) {
      if (mine !== this.generation) return;
      this.pulling = false;
      this.host.pullFailed(this, toError(thrown));
    }
  }

  /** Whether the page brought the stream forward. */
  private take(page: StreamEvents): boolean {
    const before = this.at;
    for (const event of page.events) if (event.seq > this.at) this.apply(event);
    // Numbers that the page leaves out are outside my memberships and will never come.
    this.at = Math.max(this.at, page.upTo);
    this.drain();
    return this.at > before;
  }

  /** The server says that there is no more; a heartbeat will tell if that was not the last word. */
  private giveUp(): void {
    this.held.clear();
    this.target = this.at;
  }
}
