import type { MessageSendParams, MessageSendResult } from '../generated/contract.js';
import type { MagpieError } from '../api/errors.js';
import type { OutboxEntry } from '../api/store.js';
import { backoff, SHORTEST } from '../connection/backoff.js';
import { toError } from '../util/failure.js';
import type { Echo, Sending } from './echo.js';

/** What a lane needs from the outbox. */
export interface LaneHost {
  /** Whether a send can be tried now. */
  ready(): boolean;
  send(params: MessageSendParams): Promise<MessageSendResult>;
  alone(name: string, work: () => Promise<void>): Promise<void>;
  /** Whether the person who is logged in wrote it. */
  mine(entry: OutboxEntry): boolean;
  /** Whether the store is shared, so that another tab may have sent a message. */
  readonly shared: boolean;
  kept(id: string): Promise<OutboxEntry | undefined>;
  /** Resolves when the notes of other tabs so far were heard. */
  caughtUp(): Promise<void>;
  /** Puts it into the store (again). */
  persist(sending: Sending): Promise<void>;
  /** Another tab was refused for good. */
  refused(sending: Sending, entry: OutboxEntry): void;
  stored(sending: Sending, result: MessageSendResult): void;
  failed(sending: Sending, error: MagpieError): void;
  changed(conversation: string): void;
  random(): number;
}

/**
 * Sends the messages of one conversation in the order in which they were written, one at a time: a
 * message that has to wait holds those behind it, so they can never overtake it.
 */
export class Lane {
  readonly all: Sending[] = [];
  private running = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;

  constructor(
    private readonly conversation: string,
    private readonly host: LaneHost,
  ) {}

  /** `at`: the place, for what an earlier program left; at the end by default. */
  add(sending: Sending, at = this.all.length): void {
    this.all.splice(at, 0, sending);
    this.kick();
  }

  /** Puts it in the place of the one with the same id. */
  replace(sending: Sending): void {
    this.all[this.all.findIndex((one) => one.id === sending.id)] = sending;
    this.kick();
  }

  remove(id: string): Sending | undefined {
    const at = this.all.findIndex((one) => one.id === id);
    return at < 0 ? undefined : this.all.splice(at, 1)[0];
  }

  find(id: string): Sending | undefined {
    return this.all.find((one) => one.id === id);
  }

  update(sending: Sending, change: Partial<Echo>): void {
    sending.echo = { ...sending.echo, ...change };
    this.host.changed(this.conversation);
  }

  /** Starts sending if there is something to send and a connection to send it over. */
  kick(): void {
    if (this.running || this.timer !== undefined || !this.next() || !this.host.ready()) return;
    this.running = true;
    void this.host
      .alone(this.conversation, () => this.work())
      .catch(() => this.wait(SHORTEST))
      .finally(() => {
        this.running = false;
        this.kick();
      });
  }

  /** The connection is gone: what was on its way is sent again over the next one. */
  lost(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.attempt = 0;
    for (const one of this.all)
      if (one.echo.status === 'sent') this.update(one, { status: 'queued' });
  }

  private next(): Sending | undefined {
    return this.all.find((one) => one.open && this.host.mine(one.echo.entry));
  }

  private async work(): Promise<void> {
    for (let one = this.next(); one && this.host.ready(); one = this.next()) {
      await one.queued;
      await this.compare(one);
      // Older ones may have come out of the store meanwhile, or another tab told about this one.
      if (one !== this.next() || !this.host.ready()) continue;
      if (!(await this.trySend(one))) return;
    }
  }

  /**
   * Looks what other tabs did with it. That the shared store does not hold it says nothing: a
   * browser may have cleared it. Only the note of another tab or the stream take a message away;
   * until then it is kept again and sent, and the server knows it by its id.
   */
  private async compare(one: Sending): Promise<void> {
    if (!this.host.shared || one.memoryOnly) return;
    const kept = await this.host.kept(one.id).catch(() => one.echo.entry);
    if (kept?.failed) this.host.refused(one, kept);
    if (kept) return;
    await this.host.caughtUp();
    if (one === this.next()) await this.host.persist(one);
  }

  /** Whether to go on with the next one. */
  private async trySend(one: Sending): Promise<boolean> {
    this.update(one, { status: 'sent' });
    try {
      this.host.stored(one, await this.host.send(one.echo.entry.params));
      this.attempt = 0;
      return true;
    } catch (thrown) {
      const error = toError(thrown);
      if (!one.open) return true;
      if (['disconnected', 'offline', 'closed'].includes(error.code)) {
        this.update(one, { status: 'queued' });
        return false;
      }
      if (!error.retryable) {
        this.host.failed(one, error);
        return true;
      }
      this.update(one, { status: 'queued', error });
      this.wait(error.retryAfterMs ?? backoff(this.attempt++, () => this.host.random()));
      return false;
    }
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.kick();
    }, ms);
  }
}
