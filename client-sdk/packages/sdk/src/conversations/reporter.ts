import type { OwnPosition, PositionMove } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import { backoff } from '../connection/backoff.js';
import { toError } from '../util/failure.js';

/** Reading is told soon, arriving at leisure; both coalesced. In milliseconds. */
const READ_MS = 150;
const DELIVERED_MS = 1_000;
/** The server takes so many in one request. */
const AT_ONCE = 100;

export interface ReporterHost {
  readonly request: Client['request'];
  ready(): boolean;
  random(): number;
  /** What the server made of it. */
  moved(position: OwnPosition): void;
}

/** Tells the server how far I have been delivered and have read: the furthest only, never back. */
export class Reporter {
  private waiting = new Map<string, PositionMove>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Infinity;
  private sending = false;
  private attempt = 0;

  constructor(
    private readonly host: ReporterHost,
    private readonly now: () => number,
  ) {}

  read(conversation: string, seq: number): void {
    this.note({ conversation, read: seq });
    this.plan(READ_MS);
  }

  delivered(conversation: string, seq: number): void {
    this.note({ conversation, delivered: seq });
    this.plan(DELIVERED_MS);
  }

  /** There is a connection again. */
  resume(): void {
    this.attempt = 0;
    if (this.waiting.size > 0) this.plan(READ_MS);
  }

  forget(conversation: string): void {
    this.waiting.delete(conversation);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
  }

  /** Tells at once what waits, as far as there is a connection. */
  hurry(): void {
    this.stop();
    void this.flush();
  }

  private note(move: PositionMove): void {
    const old = this.waiting.get(move.conversation);
    const read = Math.max(old?.read ?? 0, move.read ?? 0);
    const delivered = Math.max(old?.delivered ?? 0, move.delivered ?? 0);
    this.waiting.set(move.conversation, {
      conversation: move.conversation,
      ...(read > 0 ? { read } : {}),
      ...(delivered > 0 ? { delivered } : {}),
    });
  }

  private plan(ms: number): void {
    const due = this.now() + ms;
    if (due >= this.dueAt || this.sending) return;
    this.stop();
    this.dueAt = due;
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private async flush(): Promise<void> {
    this.dueAt = Infinity;
    if (this.sending || this.waiting.size === 0 || !this.host.ready()) return;
    const moves = [...this.waiting.values()].slice(0, AT_ONCE);
    for (const { conversation } of moves) this.waiting.delete(conversation);
    this.sending = true;
    const wait = await this.report(moves);
    this.sending = false;
    if (this.waiting.size > 0 && wait !== undefined) this.plan(wait);
  }

  /** Answers when to go on, or nothing when the next connection will. */
  private async report(moves: readonly PositionMove[]): Promise<number | undefined> {
    try {
      const { positions } = await this.host.request('position.update', { positions: moves });
      for (const position of positions) this.host.moved(position);
      this.attempt = 0;
      return READ_MS;
    } catch (thrown) {
      const error = toError(thrown);
      if (error.retryable) {
        for (const move of moves) this.note(move);
        if (!this.host.ready()) return undefined;
        return error.retryAfterMs ?? backoff(this.attempt++, () => this.host.random());
      }
      // One bad conversation, left a moment ago, must not keep the others from being told.
      if (moves.length > 1) for (const move of moves) await this.report([move]);
      return READ_MS;
    }
  }
}
