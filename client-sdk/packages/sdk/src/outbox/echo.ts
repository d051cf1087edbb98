import type { MagpieError } from '../api/errors.js';
import type { OutboxEntry } from '../api/store.js';

/** A message of mine from `send` until its stream brings it back. */
export interface Echo {
  readonly entry: OutboxEntry;
  readonly status: 'queued' | 'sent' | 'stored' | 'failed';
  /** Once it is stored. */
  readonly seq?: number;
  /** Why it has to wait. */
  readonly error?: MagpieError;
}

/** What a promise of a sent message resolves with. */
export interface Stored {
  readonly seq: number;
  readonly at: string;
}

/** An echo with those who wait for it. */
export class Sending {
  readonly queued: Promise<void>;
  readonly stored: Promise<Stored>;
  settle!: (stored: Stored) => void;
  refuse!: (error: MagpieError) => void;
  persisted!: () => void;
  /** Only in the memory of this client: the store could not take it. */
  memoryOnly = false;

  constructor(public echo: Echo) {
    this.queued = new Promise((resolve) => (this.persisted = resolve));
    this.stored = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.refuse = reject;
    });
    // Nobody has to listen.
    this.stored.catch(() => {});
  }

  get id(): string {
    return this.echo.entry.id;
  }

  /** Whether it still has to be sent. */
  get open(): boolean {
    const { status } = this.echo;
    return status === 'queued' || status === 'sent';
  }
}
