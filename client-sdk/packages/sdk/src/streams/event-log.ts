import type { Event } from '../generated/contract.js';

const KEPT = 256;

/**
 * The latest events of a stream. A snapshot that was read before some of them were applied is brought
 * up to date with them.
 */
export class EventLog {
  private events: Event[] = [];

  /** `from`: the log holds every event after this number. */
  constructor(private from: number) {}

  add(event: Event): void {
    this.events.push(event);
    if (this.events.length <= 2 * KEPT) return;
    const dropped = this.events.splice(0, this.events.length - KEPT);
    this.from = dropped.at(-1)!.seq;
  }

  /** The events after `seq`, or nothing where the log does not reach back so far. */
  after(seq: number): readonly Event[] | undefined {
    return seq < this.from ? undefined : this.events.filter((event) => event.seq > seq);
  }

  reset(from: number): void {
    this.events = [];
    this.from = from;
  }
}
