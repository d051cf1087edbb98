import type {
  DataPresenceChanged,
  Presence as Snapshot,
  PresenceSettings,
  Requests,
} from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type { MagpieError } from '../api/errors.js';
import type { Unsubscribe } from '../api/observable.js';
import type { PresenceDirectory, StatusDraft } from '../api/presence.js';
import { Cell } from '../util/cell.js';
import { report } from '../util/emitter.js';
import { toError } from '../util/failure.js';
import { endOf, lasting, Shown } from './shown.js';
import { Told } from './told.js';

/** Timers take no longer; then it is looked again. */
const LONGEST_MS = 2_000_000_000;

type Listener = (presence: Snapshot) => void;

export interface PresenceHost {
  readonly request: Client['request'];
  ready(): boolean;
  random(): number;
  now(): number;
  changed(presence: Snapshot): void;
  failed(error: MagpieError): void;
}

/** Who is there, as others let me see it, and what I chose for myself. */
export class Presence implements PresenceDirectory {
  readonly mine = new Cell<PresenceSettings | undefined>(undefined, () => this.readMine());
  private readonly shown = new Shown();
  private readonly told: Told;
  /** The listeners of each person; a person without one is not watched. */
  private readonly watchers = new Map<string, Set<Listener>>();
  private epoch = '';
  /** The server's time less ours: the device's clock may be wrong. */
  private ahead = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Infinity;
  private reading: Promise<PresenceSettings> | undefined;
  /** Counts what came by events, which is newer than an answer that was asked for before. */
  private heard = 0;

  constructor(private readonly host: PresenceHost) {
    const { watchers } = this;
    this.told = new Told({
      request: host.request,
      ready: () => host.ready(),
      random: () => host.random(),
      all: () => watchers.keys(),
      wanted: (id) => watchers.has(id),
      answered: (asked, presences) => this.answered(asked, presences),
      failed: (error) => host.failed(error),
    });
  }

  get version(): number {
    return this.shown.version;
  }

  watch(ids: Iterable<string>, listener: Listener = () => {}): Unsubscribe {
    const all = new Set(ids);
    const own: Listener = (presence) => listener(presence);
    for (const id of all) {
      const watchers = this.watchers.get(id);
      if (watchers) watchers.add(own);
      else this.watchers.set(id, new Set([own]));
    }
    this.told.plan();
    return () => {
      for (const id of all) this.leave(id, own);
      all.clear();
      this.told.plan();
    };
  }

  get(id: string): Snapshot | undefined {
    return this.shown.get(id);
  }

  async fetch(id: string): Promise<Snapshot> {
    const presence = await this.host.request('presence.get', { user: id });
    this.learn(presence);
    return this.shown.get(id) ?? lasting(presence, this.time);
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.shown.signal.subscribe(listener);
  }

  settings(): Promise<PresenceSettings> {
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  async set(change: Requests['presence.set']['params']): Promise<void> {
    await this.host.request('presence.set', change);
  }

  async setStatus({ text, emoji, until }: StatusDraft): Promise<void> {
    await this.host.request('status.set', {
      text,
      ...(emoji === undefined ? {} : { emoji }),
      ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    });
  }

  async clearStatus(): Promise<void> {
    await this.host.request('status.clear', {});
  }

  activity(active: boolean): void {
    this.told.activity(active);
  }

  welcome(epoch: string, serverTime: string): void {
    this.ahead = Date.parse(serverTime) - this.host.now();
    // Another history may count anew.
    if (epoch !== this.epoch) this.shown.clear();
    this.epoch = epoch;
    this.told.plan();
    this.readMine();
    this.expire();
  }

  lost(): void {
    this.told.lost();
  }

  signalled(presence: Snapshot): void {
    this.learn(presence);
  }

  /** What I chose, on any device. */
  chose(settings: DataPresenceChanged): void {
    this.heard++;
    this.take(settings);
  }

  /** Events of mine were missed. */
  missed(): void {
    this.mine.set(undefined);
    this.readMine();
  }

  /** Somebody new may be there for me who was not before. */
  meet(): void {
    const unknown = [...this.watchers.keys()].filter((id) => !this.shown.get(id));
    if (unknown.length > 0) this.told.again(unknown);
  }

  forget(): void {
    this.heard++;
    this.mine.set(undefined);
    this.shown.clear();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
  }

  private get time(): number {
    return this.host.now() + this.ahead;
  }

  private leave(id: string, own: Listener): void {
    const watchers = this.watchers.get(id);
    if (!watchers?.delete(own) || watchers.size > 0) return;
    this.watchers.delete(id);
    this.shown.stale(id);
  }

  private answered(asked: readonly string[], presences: readonly Snapshot[]): void {
    const there = new Set(presences.map(({ user }) => user));
    for (const id of asked) if (!there.has(id)) this.shown.stale(id);
    for (const presence of presences) this.learn(presence);
  }

  private learn(presence: Snapshot): void {
    if (!this.watchers.has(presence.user)) return;
    const changed = this.shown.learn(presence, this.time);
    if (!changed) return;
    this.tell(changed);
    this.due(endOf(changed));
  }

  private tell(presence: Snapshot): void {
    this.host.changed(presence);
    for (const listener of [...(this.watchers.get(presence.user) ?? [])]) {
      report(() => listener(presence));
    }
  }

  private readMine(): void {
    if (this.mine.get() || !this.mine.watched || !this.host.ready()) return;
    this.settings().catch((error: unknown) => this.host.failed(toError(error)));
  }

  private async read(): Promise<PresenceSettings> {
    const { heard } = this;
    const settings = await this.host.request('presence.settings', {});
    if (heard === this.heard) this.take(settings);
    return this.mine.get() ?? lasting(settings, this.time);
  }

  private take(settings: PresenceSettings): void {
    this.mine.set(lasting(settings, this.time));
    this.due(endOf(settings));
  }

  /** A status ends at `end`. */
  private due(end: number): void {
    if (end >= this.dueAt) return;
    this.dueAt = end;
    clearTimeout(this.timer);
    const wait = Math.min(LONGEST_MS, Math.max(0, end - this.time));
    this.timer = setTimeout(() => this.expire(), wait);
  }

  private expire(): void {
    this.stop();
    const { time } = this;
    for (const presence of this.shown.expire(time)) this.tell(presence);
    const mine = this.mine.get();
    if (mine) this.mine.set(lasting(mine, time));
    this.due(Math.min(this.shown.nextEnd(), endOf(this.mine.get() ?? {})));
  }
}
