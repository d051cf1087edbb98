import { failure } from '../util/failure.js';

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Those who wait for a connection, each with a deadline of its own. */
export class Waiting {
  private waiters = new Set<Waiter>();

  wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve,
        reject,
        timer: setTimeout(() => {
          this.waiters.delete(waiter);
          reject(failure('offline', 'There was no connection in time.', { retryable: true }));
        }, timeoutMs),
      };
      this.waiters.add(waiter);
    });
  }

  ready(): void {
    for (const { resolve } of this.drain()) resolve();
  }

  closed(): void {
    for (const { reject } of this.drain()) reject(failure('closed', 'The client is closed.'));
  }

  private drain(): Set<Waiter> {
    const all = this.waiters;
    this.waiters = new Set();
    for (const { timer } of all) clearTimeout(timer);
    return all;
  }
}
