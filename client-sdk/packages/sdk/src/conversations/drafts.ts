import type { DraftSetParams } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import { toError } from '../util/failure.js';

/** A draft is told a pause of so many milliseconds after the last key. */
const PAUSE_MS = 1_000;

/** Keeps the draft of one conversation on the server, without a request for each key. */
export class DraftKeeper {
  private waiting: DraftSetParams | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly request: Client['request'],
    private readonly ready: () => boolean,
  ) {}

  /** What was written here and is not on the server yet; it is newer than what comes from there. */
  get pending(): DraftSetParams | undefined {
    return this.waiting;
  }

  set(draft: DraftSetParams): void {
    this.waiting = draft;
    this.plan();
  }

  /** There is a connection again. */
  resume(): void {
    if (this.waiting) this.plan();
  }

  /** Tells at once what waits, as far as there is a connection. */
  hurry(): void {
    clearTimeout(this.timer);
    void this.flush();
  }

  private plan(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  private async flush(): Promise<void> {
    const draft = this.waiting;
    if (!draft || !this.ready()) return;
    try {
      await this.request('draft.set', draft);
      if (this.waiting === draft) this.waiting = undefined;
    } catch (thrown) {
      // Without a connection `resume` tells it; a refused one is given up.
      const { retryable } = toError(thrown);
      if (!retryable && this.waiting === draft) this.waiting = undefined;
      else if (this.ready()) this.plan();
    }
  }
}
