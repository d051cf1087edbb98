/** Barks once when nothing was heard for `limitMs`. */
export class Watchdog {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heardAt = 0;
  private limitMs = 0;

  constructor(
    private readonly now: () => number,
    private readonly bark: () => void,
  ) {}

  watch(limitMs: number): void {
    this.limitMs = limitMs;
    this.heard();
    this.arm(limitMs);
  }

  heard(): void {
    this.heardAt = this.now();
  }

  /** Milliseconds since something was heard. */
  get silence(): number {
    return this.now() - this.heardAt;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** One timer for many frames: it only looks when it fires whether something came meanwhile. */
  private arm(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const left = this.limitMs - this.silence;
      if (left > 0) this.arm(left);
      else this.bark();
    }, ms);
  }
}
