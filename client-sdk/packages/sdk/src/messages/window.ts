import type { Event, Message } from '../generated/contract.js';
import { messageOf, reduce, targetOf } from './reduce.js';
import type { Known } from './typed.js';

/** A message and the number of the event as of which it is true. */
export interface Held {
  readonly message: Message;
  readonly asOf: number;
}

/**
 * A window of consecutive messages of one conversation or thread. Events change a message only when
 * it was read before them, so a page and the events around it may come in either order.
 */
export class Window {
  private held: Held[] = [];
  hasBefore = false;
  hasAfter = false;

  /** `belongs`: whether a message is one of this list. `limit`: how many are kept at most. */
  constructor(
    private readonly belongs: (message: Message) => boolean,
    private readonly limit: number,
  ) {}

  get items(): readonly Held[] {
    return this.held;
  }

  get first(): number | undefined {
    return this.held[0]?.message.seq;
  }

  get last(): number | undefined {
    return this.held.at(-1)?.message.seq;
  }

  find(seq: number): Held | undefined {
    const at = this.position(seq);
    return this.held[at]?.message.seq === seq ? this.held[at] : undefined;
  }

  replace(items: readonly Message[], asOf: number, hasBefore: boolean, hasAfter: boolean): void {
    this.held = items.map((message) => ({ message, asOf }));
    this.hasBefore = hasBefore;
    this.hasAfter = hasAfter;
  }

  prepend(items: readonly Message[], asOf: number, hasBefore: boolean): void {
    const first = this.first ?? Infinity;
    const older = items.filter(({ seq }) => seq < first).map((message) => ({ message, asOf }));
    this.held = [...older, ...this.held];
    this.hasBefore = hasBefore;
    if (this.held.length <= this.limit) return;
    this.held = this.held.slice(0, Math.max(this.limit, older.length));
    this.hasAfter = true;
  }

  append(items: readonly Message[], asOf: number, hasAfter: boolean): void {
    const last = this.last ?? 0;
    const newer = items.filter(({ seq }) => seq > last).map((message) => ({ message, asOf }));
    this.held = [...this.held, ...newer];
    this.hasAfter = hasAfter;
    this.trimStart();
  }

  /** Applies an event; answers whether something changed. */
  apply(event: Event): boolean {
    const added =
      event.kind === 'message.sent' && this.add(event as unknown as Known<'message.sent'>);
    return this.change(event) || added;
  }

  private add(event: Known<'message.sent'>): boolean {
    const message = messageOf(event);
    if (this.hasAfter || !this.belongs(message) || message.seq <= (this.last ?? 0)) return false;
    this.held = [...this.held, { message, asOf: event.seq }];
    this.trimStart();
    return true;
  }

  private change(event: Event): boolean {
    const target = targetOf(event);
    if (target === undefined) return false;
    const at = this.position(target);
    const old = this.held[at];
    if (!old || old.message.seq !== target || old.asOf >= event.seq) return false;
    this.held = this.held.with(at, { message: reduce(old.message, event), asOf: event.seq });
    return true;
  }

  private trimStart(): void {
    if (this.held.length <= this.limit) return;
    this.held = this.held.slice(-this.limit);
    this.hasBefore = true;
  }

  /** Where `seq` stands or would stand. */
  private position(seq: number): number {
    let low = 0;
    let high = this.held.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.held[middle]!.message.seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
