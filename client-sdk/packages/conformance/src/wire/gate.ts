import type { Event, StreamState } from './types.js';

/**
 * What a server owes each connection, whatever the case is about: the events of a stream in order,
 * without holes, each once, and none from outside of a membership.
 */
export class Gate {
  readonly #user: string;
  readonly #last = new Map<string, number>();
  readonly #left = new Set<string>();

  constructor(user: string) {
    this.#user = user;
  }

  /** The last number that was pushed in each stream, or its `after`. */
  get cursors(): ReadonlyMap<string, number> {
    return this.#last;
  }

  listed(streams: readonly StreamState[]): void {
    for (const { stream, after } of streams) this.#last.set(stream, after);
  }

  /** What is wrong with this event coming now. */
  wrong(event: Event): string | undefined {
    const { stream, seq } = event;
    const before = this.#last.get(stream);
    const back = this.#left.has(stream);
    if (back && !this.#admits(event)) return `event ${seq} of ${stream} came after the removal`;
    if (before !== undefined && seq <= before)
      return `event ${seq} of ${stream} came after ${before}`;
    if (before !== undefined && !back && seq > before + 1)
      return `event ${seq} of ${stream} came after ${before}: a hole`;
    this.#left.delete(stream);
    this.#last.set(stream, seq);
    if (event.kind === 'member.removed' && event.data['user'] === this.#user) {
      this.#left.add(stream);
      this.#last.delete(stream);
    }
    return undefined;
  }

  /** Whoever comes back begins with the event that says so. */
  #admits(event: Event): boolean {
    const members = event.data['members'] as readonly { readonly user: string }[] | undefined;
    return event.kind === 'member.added' && members?.some((m) => m.user === this.#user) === true;
  }
}
