import type { Limits, Request } from '../generated/contract.js';

/** A little below what the server allows, as its clock and ours do not agree to the millisecond. */
const MARGIN = 0.9;

/** Keeps requests below the rate that the server takes, so that a burst waits instead of failing. */
export class Pacer {
  private readonly perMs: number;
  private readonly burst: number;
  private readonly queue: Request[] = [];
  private tokens: number;
  private filledAt: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    { framesPerSecond, framesBurst }: Pick<Limits, 'framesPerSecond' | 'framesBurst'>,
    private readonly now: () => number,
    private readonly out: (frame: Request) => void,
  ) {
    this.perMs = (framesPerSecond * MARGIN) / 1_000;
    this.burst = Math.max(1, Math.floor(framesBurst * MARGIN));
    this.tokens = this.burst;
    this.filledAt = now();
  }

  send(frame: Request): void {
    this.queue.push(frame);
    this.drain();
  }

  /** The connection is gone; those who wait were told. */
  stop(): void {
    clearTimeout(this.timer);
    this.queue.length = 0;
  }

  private drain(): void {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * this.perMs);
    this.filledAt = now;
    while (this.queue.length > 0 && this.tokens >= 1) {
      this.tokens--;
      this.out(this.queue.shift()!);
    }
    clearTimeout(this.timer);
    if (this.queue.length === 0) return;
    this.timer = setTimeout(() => this.drain(), Math.ceil((1 - this.tokens) / this.perMs));
  }
}
