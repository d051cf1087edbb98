import type { PositionSignal, UserPosition } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import { Cell } from '../util/cell.js';

/** How far the others of one conversation are. Loaded when somebody looks, then moved by signals. */
export class Positions {
  readonly cell: Cell<ReadonlyMap<string, UserPosition>>;
  private wanted = false;
  private loading = false;

  constructor(
    private readonly conversation: string,
    private readonly request: Client['request'],
    private readonly me: () => string,
    private readonly changed: () => void,
  ) {
    this.cell = new Cell<ReadonlyMap<string, UserPosition>>(new Map(), () => this.want());
  }

  /** From now on they are kept up to date, also over reconnects. */
  want(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.load();
  }

  /** Signals may have been lost: reads them anew if somebody wants them. */
  refresh(): void {
    if (this.wanted) void this.load();
  }

  signal({ user, read, delivered }: PositionSignal): void {
    this.take([{ user, read, delivered }]);
  }

  /** Somebody left. */
  forget(user: string): void {
    const all = new Map(this.cell.get());
    if (all.delete(user)) this.set(all);
  }

  private async load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    const { conversation } = this;
    try {
      let cursor: string | undefined;
      do {
        const from = cursor === undefined ? {} : { cursor };
        const page = await this.request('position.list', { conversation, limit: 200, ...from });
        this.take(page.items);
        cursor = page.next;
      } while (cursor !== undefined);
    } catch {
      // Read again with the next connection.
    } finally {
      this.loading = false;
    }
  }

  private take(positions: readonly UserPosition[]): void {
    const all = new Map(this.cell.get());
    for (const { user, read, delivered } of positions) {
      if (user === this.me()) continue;
      const old = all.get(user);
      const further = {
        user,
        read: Math.max(read, old?.read ?? 0),
        delivered: Math.max(delivered, old?.delivered ?? 0),
      };
      if (old?.read === further.read && old.delivered === further.delivered) continue;
      all.set(user, further);
    }
    this.set(all);
  }

  private set(all: ReadonlyMap<string, UserPosition>): void {
    this.cell.set(all);
    this.changed();
  }
}
