import type { Presence, Status } from '../generated/contract.js';
import { Signal } from '../util/cell.js';

/** People beyond these who are not watched any more are forgotten. */
const KEPT = 2_000;

interface Held {
  presence: Presence;
  /** Whether it is true as far as we know: somebody watches, and the server has answered. */
  current: boolean;
}

/** A thing with a status, without it if its time is over. */
export function lasting<T extends { readonly status?: Status }>(one: T, time: number): T {
  if (endOf(one) > time) return one;
  const { status: _, ...rest } = one;
  return rest as T;
}

/** When the status of something ends. */
export function endOf({ status }: { readonly status?: Status }): number {
  return status?.until === undefined ? Infinity : Date.parse(status.until);
}

/** The latest presence of each person: the one with the highest version, whoever told it. */
export class Shown {
  readonly signal = new Signal();
  version = 0;
  private readonly held = new Map<string, Held>();

  get(id: string): Presence | undefined {
    const one = this.held.get(id);
    return one?.current ? one.presence : undefined;
  }

  /** Takes over what is newer; answers what is shown from now on if it changed. */
  learn(presence: Presence, time: number): Presence | undefined {
    const { user } = presence;
    const old = this.held.get(user);
    const newer = !old || presence.version > old.presence.version;
    if (!newer && old.current) return undefined;
    const one = { presence: newer ? lasting(presence, time) : old.presence, current: true };
    this.held.delete(user);
    this.held.set(user, one);
    this.forgetOld();
    this.changed();
    return one.presence;
  }

  /** Nobody keeps up with this person any more; the version stays known. */
  stale(id: string): void {
    const one = this.held.get(id);
    if (!one?.current) return;
    one.current = false;
    this.changed();
  }

  /** Hides what ended; answers who changed. */
  expire(time: number): Presence[] {
    const changed: Presence[] = [];
    for (const one of this.held.values()) {
      const presence = lasting(one.presence, time);
      if (presence === one.presence) continue;
      one.presence = presence;
      if (one.current) changed.push(presence);
    }
    if (changed.length > 0) this.changed();
    return changed;
  }

  /** When the next status ends. */
  nextEnd(): number {
    let next = Infinity;
    for (const { presence } of this.held.values()) next = Math.min(next, endOf(presence));
    return next;
  }

  clear(): void {
    this.held.clear();
    this.changed();
  }

  private changed(): void {
    this.version++;
    this.signal.changed();
  }

  private forgetOld(): void {
    if (this.held.size <= KEPT) return;
    for (const [id, { current }] of this.held) {
      if (this.held.size <= KEPT) break;
      if (!current) this.held.delete(id);
    }
  }
}
