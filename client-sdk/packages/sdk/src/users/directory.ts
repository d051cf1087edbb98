import type { User, UserPage } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type { UserDirectory } from '../api/users.js';
import { Signal } from '../util/cell.js';

const KEPT = 2_000;

/** Keeps the people that were seen last; fetches each one once, however many ask. */
export class Users implements UserDirectory {
  private readonly known = new Map<string, User>();
  private readonly fetching = new Map<string, Promise<User>>();
  private readonly missing = new Set<string>();
  private readonly signal = new Signal();
  version = 0;

  constructor(private readonly request: Client['request']) {}

  get(id: string): User | undefined {
    const user = this.known.get(id);
    if (user) {
      // The order is that of the last use.
      this.known.delete(id);
      this.known.set(id, user);
    } else if (!this.missing.has(id)) this.fetch(id).catch(() => {});
    return user;
  }

  fetch(id: string): Promise<User> {
    const known = this.known.get(id);
    if (known) return Promise.resolve(known);
    let running = this.fetching.get(id);
    if (!running) {
      running = this.ask(id).finally(() => this.fetching.delete(id));
      this.fetching.set(id, running);
    }
    return running;
  }

  async search(query: string, cursor?: string): Promise<UserPage> {
    const page = await this.request('user.list', {
      ...(query === '' ? {} : { query }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    this.learn(page.items);
    return page;
  }

  subscribe(listener: () => void) {
    return this.signal.subscribe(listener);
  }

  /** Takes over people that came with something else. */
  learn(users: Iterable<User>): void {
    let changed = false;
    for (const user of users) {
      changed ||= !same(this.known.get(user.id), user);
      this.known.delete(user.id);
      this.known.set(user.id, user);
    }
    for (const id of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(id);
    }
    if (!changed) return;
    this.version++;
    this.signal.changed();
  }

  /** After a reconnect those who could not be fetched may be asked for again. */
  retryMissing(): void {
    if (this.missing.size === 0) return;
    this.missing.clear();
    this.version++;
    this.signal.changed();
  }

  private async ask(id: string): Promise<User> {
    try {
      const user = await this.request('user.get', { user: id });
      this.learn([user]);
      return user;
    } catch (error) {
      this.missing.add(id);
      throw error;
    }
  }
}

function same(a: User | undefined, b: User): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
