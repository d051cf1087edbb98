interface Waiting {
  readonly go: () => void;
  readonly stop: (error: unknown) => void;
}

/** Lets so many pieces of work run at a time; the others wait, first come first served. */
export class Turns {
  private running = 0;
  private waiting: Waiting[] = [];

  constructor(private readonly size: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.size) this.running++;
    // Who waits takes over the place of the one that ends.
    else await new Promise<void>((go, stop) => this.waiting.push({ go, stop }));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next.go();
      else this.running--;
    }
  }

  /** Fails what has not begun. */
  stop(error: unknown): void {
    for (const { stop } of this.waiting.splice(0)) stop(error);
  }
}
