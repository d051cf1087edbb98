import { Cell } from '../util/cell.js';

/** Somebody who said nothing for so long is not writing any more, in milliseconds. */
const EXPIRES_MS = 6_000;
/** The others are told at most so often, in milliseconds. */
const EACH_MS = 3_000;

/** Who is writing in one conversation, and the note to the others that I am. */
export class Typing {
  readonly cell = new Cell<readonly string[]>([]);
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private toldAt = -Infinity;

  constructor(
    private readonly now: () => number,
    private readonly tell: () => void,
  ) {}

  /** I pressed a key. */
  key(): void {
    if (this.now() - this.toldAt < EACH_MS) return;
    this.toldAt = this.now();
    this.tell();
  }

  started(user: string): void {
    clearTimeout(this.timers.get(user));
    this.timers.set(
      user,
      setTimeout(() => this.stopped(user), EXPIRES_MS),
    );
    if (!this.cell.get().includes(user)) this.cell.set([...this.cell.get(), user]);
  }

  stopped(user: string): void {
    clearTimeout(this.timers.get(user));
    if (this.timers.delete(user)) this.cell.set(this.cell.get().filter((one) => one !== user));
  }

  clear(): void {
    for (const user of [...this.timers.keys()]) this.stopped(user);
  }
}
