import type { Presence } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type { MagpieError } from '../api/errors.js';
import { backoff } from '../connection/backoff.js';
import { toError } from '../util/failure.js';

/** The server takes so many people in one request. */
const AT_ONCE = 500;

export interface ToldHost {
  readonly request: Client['request'];
  ready(): boolean;
  random(): number;
  wanted(id: string): boolean;
  /** Everybody whom somebody watches. */
  all(): Iterable<string>;
  answered(asked: readonly string[], presences: readonly Presence[]): void;
  failed(error: MagpieError): void;
}

/**
 * Makes the server know whom this connection watches and whether somebody is at the device: one
 * request at a time, because the later of two that are on their way need not be done last.
 */
export class Told {
  private active = true;
  private toldActive = true;
  private readonly told = new Set<string>();
  private planned = false;
  private busy = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  /** Grows with each connection; what belongs to an older one is ignored. */
  private generation = 0;

  constructor(private readonly host: ToldHost) {}

  activity(active: boolean): void {
    if (active === this.active) return;
    this.active = active;
    this.plan();
  }

  /** Something changed; all that changes in one turn is told together. */
  plan(): void {
    if (this.planned) return;
    this.planned = true;
    queueMicrotask(() => {
      this.planned = false;
      void this.tell();
    });
  }

  /** The next connection knows nothing and takes somebody to be there. */
  lost(): void {
    this.generation++;
    this.told.clear();
    this.toldActive = true;
    this.busy = false;
    this.attempt = 0;
    clearTimeout(this.retry);
    this.retry = undefined;
  }

  /** Asks again for these. */
  again(ids: Iterable<string>): void {
    for (const id of ids) this.told.delete(id);
    this.plan();
  }

  private async tell(): Promise<void> {
    const { generation, host } = this;
    if (this.busy || this.retry !== undefined) return;
    this.busy = true;
    for (let step = this.next(); step && host.ready(); step = this.next()) {
      const { ask, done } = step;
      const error = await ask().then(() => undefined, toError);
      if (generation !== this.generation) return;
      if (error?.retryable) {
        const wait = error.retryAfterMs ?? backoff(this.attempt++, () => host.random());
        this.retry = setTimeout(() => {
          this.retry = undefined;
          this.plan();
        }, wait);
        break;
      }
      // What was refused for good is not asked again before the next connection.
      if (error) host.failed(error);
      else this.attempt = 0;
      done();
    }
    this.busy = false;
  }

  private next(): { ask: () => Promise<unknown>; done: () => void } | undefined {
    const { host, told, active } = this;
    const { request } = host;
    if (active !== this.toldActive) {
      return {
        ask: () => request('presence.activity', { active }),
        done: () => (this.toldActive = active),
      };
    }
    const come = some(host.all(), (id) => !told.has(id));
    if (come.length > 0) {
      return {
        ask: async () => {
          const { presences } = await request('presence.watch', { users: come });
          host.answered(come, presences);
        },
        done: () => come.forEach((id) => told.add(id)),
      };
    }
    const gone = some(told, (id) => !host.wanted(id));
    if (gone.length === 0) return undefined;
    return {
      ask: () => request('presence.unwatch', { users: gone }),
      done: () => gone.forEach((id) => told.delete(id)),
    };
  }
}

function some(ids: Iterable<string>, test: (id: string) => boolean): string[] {
  const found: string[] = [];
  for (const id of ids) {
    if (found.length === AT_ONCE) break;
    if (test(id)) found.push(id);
  }
  return found;
}
