import type {
  Event,
  Requests,
  ResyncRequired,
  ServerFrame,
  ServerHeartbeat,
  Signals,
  StreamState,
  Welcome,
} from '../generated/contract.js';
import type { ConnectionState } from '../api/connection.js';
import { MagpieError } from '../api/errors.js';
import type { Logger, TokenSource, WebSocketConstructor } from '../api/options.js';
import { address } from '../util/address.js';
import { Cell } from '../util/cell.js';
import { failure, toError } from '../util/failure.js';
import { backoff, hiddenBackoff } from './backoff.js';
import { Calls } from './calls.js';
import { endingOf } from './ending.js';
import { Pacer } from './pacer.js';
import { Refusals } from './refusals.js';
import { hidden, watchSurroundings } from './surroundings.js';
import { Waiting } from './waiting.js';
import { Watchdog } from './watchdog.js';
import { Wire } from './wire.js';

/** How long opening and the handshake may take together, in milliseconds. */
const HANDSHAKE_MS = 15_000;
/** How long the server may take to answer whether it is still there. */
const PROBE_MS = 5_000;
/** The close code of a peer that was silent for too long; ours for a server, as the server's for us. */
const SILENT = 4408;
/** Silence of so many heartbeats means that the connection is dead. */
const SILENT_BEATS = 2.5;

/** What the connection tells the parts above it. All calls are synchronous and in frame order. */
export interface Session {
  /** What to resume from. */
  cursors(): { readonly epoch?: string; readonly cursors?: Readonly<Record<string, number>> };
  /** The handshake is complete; requests work from here on. */
  welcome(welcome: Welcome, streams: readonly StreamState[]): void;
  events(events: readonly Event[]): void;
  signals(signals: Signals['signals']): void;
  heartbeat(heartbeat: ServerHeartbeat): void;
  resync(resync: ResyncRequired): void;
  /** Each state, in order. */
  entered(state: ConnectionState): void;
  /** The connection is gone. */
  lost(): void;
  /** Something failed that no promise tells of. */
  error(error: MagpieError): void;
}

export interface ConnectionOptions {
  readonly url: string | (() => string);
  readonly name: string;
  readonly getToken: TokenSource;
  readonly webSocket: WebSocketConstructor;
  readonly random: () => number;
  readonly now: () => number;
  readonly requestTimeoutMs: number;
  readonly logger: Logger | undefined;
}

/** Keeps one connection to the server: opens it, keeps it alive, opens it again. */
export class Connection {
  readonly state = new Cell<ConnectionState>({ status: 'idle' });
  private wire: Wire | undefined;
  private token = '';
  private calls = new Calls(() => {});
  private pacer: Pacer | undefined;
  private readonly waiting = new Waiting();
  private readonly watchdog: Watchdog;
  private readonly handshake: Watchdog;
  /** Grows with each attempt; what belongs to an older one is ignored. */
  private generation = 0;
  private attempt = 0;
  private readonly refusals = new Refusals();
  /** The token was refused: a new one is needed before the next connection. */
  private stale = false;
  private welcomedAt: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause: number | undefined;
  private lastError: MagpieError | undefined;
  private heartbeatMs = 25_000;
  private welcomed: { readonly frame: Welcome; readonly streams: StreamState[] } | undefined;
  private unwatch = (): void => {};

  constructor(
    private readonly options: ConnectionOptions,
    private readonly session: Session,
  ) {
    this.watchdog = new Watchdog(options.now, () => this.wire?.abandon(SILENT));
    this.handshake = new Watchdog(options.now, () => this.wire?.abandon());
  }

  get ready(): boolean {
    const { status } = this.state.get();
    return status === 'catching-up' || status === 'live';
  }

  connect(): void {
    const { status } = this.state.get();
    if (status !== 'idle' && status !== 'closed') return;
    this.attempt = 0;
    this.stale = false;
    this.refusals.forget();
    this.unwatch = watchSurroundings(
      () => this.awake(),
      () => this.doubt(),
    );
    void this.open();
  }

  close(): void {
    if (this.state.get().status === 'closed') return;
    this.wire?.close();
    this.end('goodbye');
  }

  /** Everything that was missed has been applied. */
  caughtUp(): void {
    if (this.state.get().status !== 'catching-up') return;
    this.attempt = 0;
    this.enter({ status: 'live' });
  }

  async request<K extends keyof Requests>(
    op: K,
    params: Requests[K]['params'],
    timeoutMs = this.options.requestTimeoutMs,
  ): Promise<Requests[K]['result']> {
    if (this.state.get().status === 'closed') throw failure('closed', 'The client is closed.');
    const started = this.options.now();
    if (!this.ready) await this.waiting.wait(timeoutMs);
    const left = Math.max(1, timeoutMs - (this.options.now() - started));
    return this.calls.call(op, params, left);
  }

  private async open(): Promise<void> {
    clearTimeout(this.timer);
    const mine = ++this.generation;
    this.pause = undefined;
    this.lastError = undefined;
    this.enter({ status: 'connecting' });
    try {
      const token = await this.options.getToken({ fresh: this.stale });
      if (mine !== this.generation) return;
      if (!token) throw failure('unauthenticated', 'There is no token.');
      this.token = token;
      this.stale = false;
    } catch (thrown) {
      if (mine === this.generation) this.noToken(toError(thrown));
      return;
    }
    this.dial(mine);
  }

  private noToken(error: MagpieError): void {
    this.lastError = error;
    const over = ['unauthenticated', 'session_revoked', 'token_expired', 'wrong_credentials'];
    if (over.includes(error.code)) this.end('login');
    else {
      this.pause = this.told(error);
      this.retry('token');
    }
  }

  private dial(mine: number): void {
    const current = (): boolean => mine === this.generation;
    this.welcomed = undefined;
    this.handshake.watch(HANDSHAKE_MS);
    try {
      const { url: server } = this.options;
      const url = address(typeof server === 'function' ? server() : server, '/ws');
      url.protocol = url.protocol.replace('http', 'ws');
      this.wire = new Wire(this.options.webSocket, url.href, {
        opened: () => current() && this.hello(),
        frame: (frame) => current() && this.received(frame),
        strange: () => this.options.logger?.warn('magpie: skipped a frame that is not JSON'),
        closed: (code) => current() && this.closed(code),
      });
    } catch (thrown) {
      this.lastError = toError(thrown);
      this.closed(1006);
    }
  }

  private hello(): void {
    const { name: client } = this.options;
    this.wire?.send({ type: 'hello', token: this.token, ...this.session.cursors(), client });
  }

  private received(frame: ServerFrame): void {
    this.watchdog.heard();
    switch (frame.type) {
      case 'welcome':
        this.welcomed = { frame, streams: [...frame.streams] };
        if (!frame.more) this.begin();
        break;
      case 'streams':
        this.welcomed?.streams.push(...frame.streams);
        if (!frame.more) this.begin();
        break;
      case 'reply':
        this.calls.answered(frame);
        break;
      case 'events':
        this.session.events(frame.events);
        break;
      case 'signals':
        this.session.signals(frame.signals);
        break;
      case 'heartbeat':
        this.wire?.send({ type: 'heartbeat' });
        this.session.heartbeat(frame);
        break;
      case 'resync_required':
        this.session.resync(frame);
        break;
      case 'token_expiring':
        void this.reauthenticate(this.generation);
        break;
      case 'go_away':
        this.pause = frame.retryAfterMs;
        break;
      case 'error':
        this.refused(new MagpieError(frame.error), frame.close);
        break;
      default:
        this.options.logger?.debug('magpie: skipped a frame of a type that is not known');
    }
  }

  private refused(error: MagpieError, closing: boolean): void {
    if (!closing) {
      this.session.error(error);
      return;
    }
    this.lastError = error;
    this.pause ??= this.told(error);
  }

  /** The wait that the server asks for, and up to a quarter more: it may have told others the same. */
  private told({ retryAfterMs }: MagpieError): number | undefined {
    if (retryAfterMs === undefined) return undefined;
    return Math.round(retryAfterMs * (1 + this.options.random() / 4));
  }

  private begin(): void {
    const { welcomed, wire } = this;
    if (!welcomed || !wire) return;
    this.welcomed = undefined;
    this.handshake.stop();
    this.welcomedAt = this.options.now();
    this.heartbeatMs = welcomed.frame.heartbeatMs;
    this.watchdog.watch(this.heartbeatMs * SILENT_BEATS);
    const pacer = new Pacer(welcomed.frame.limits, this.options.now, (frame) => wire.send(frame));
    this.pacer = pacer;
    this.calls = new Calls((frame) => pacer.send(frame));
    this.enter({ status: 'catching-up' });
    if (this.wire !== wire) return; // closed by whoever heard of it
    this.session.welcome(welcomed.frame, welcomed.streams);
    this.waiting.ready();
  }

  /** Gets a fresh token for the open connection; tries again until the server closes it. */
  private async reauthenticate(mine: number, attempt = 0): Promise<void> {
    try {
      const token = await this.options.getToken({ fresh: true });
      if (mine !== this.generation || !token) return;
      await this.calls.call('session.reauth', { token }, this.options.requestTimeoutMs);
      this.token = token;
    } catch (thrown) {
      const error = toError(thrown);
      if (mine !== this.generation) return;
      this.session.error(error);
      if (!error.retryable) return;
      const wait = backoff(attempt, this.options.random);
      setTimeout(
        () => mine === this.generation && void this.reauthenticate(mine, attempt + 1),
        wait,
      );
    }
  }

  private closed(code: number): void {
    const { next, reason } = endingOf(code);
    this.options.logger?.debug('magpie: connection closed', { code, next });
    this.drop();
    if (next === 'give-up') this.end(reason);
    else if (next === 'reconnect') this.retry(reason);
    else this.tokenRefused();
  }

  private tokenRefused(): void {
    const next = this.refusals.next(this.token, this.lastError);
    this.stale = true;
    if (next === 'now') void this.open();
    else if (next === 'later') this.retry('token');
    else this.end('login');
  }

  private drop(): void {
    this.generation++;
    if (this.welcomedAt !== undefined) this.refusals.lasted(this.options.now() - this.welcomedAt);
    this.welcomedAt = undefined;
    this.wire = undefined;
    this.watchdog.stop();
    this.handshake.stop();
    this.pacer?.stop();
    this.calls.fail();
    this.session.lost();
  }

  private retry(reason: NonNullable<ConnectionState['reason']>): void {
    const { random } = this.options;
    const jittered = hidden() ? hiddenBackoff(random) : backoff(this.attempt, random);
    const retryInMs = this.pause ?? jittered;
    this.attempt++;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.open(), retryInMs);
    // Last: whoever hears of it may close the client.
    this.enter({ status: 'offline', reason, retryInMs, ...this.why() });
  }

  private end(reason: NonNullable<ConnectionState['reason']>): void {
    clearTimeout(this.timer);
    this.unwatch();
    if (this.wire) this.drop();
    else this.generation++;
    this.enter({ status: 'closed', reason, ...this.why() });
    this.waiting.closed();
  }

  private enter(state: ConnectionState): void {
    this.state.set(state);
    this.session.entered(state);
  }

  private why(): { error?: MagpieError } {
    return this.lastError ? { error: this.lastError } : {};
  }

  /** The network or the page came back: do not wait any longer, do not trust an old connection. */
  private awake(): void {
    const { status } = this.state.get();
    if (status === 'offline' && this.pause === undefined) void this.open();
    else if (this.ready && this.watchdog.silence > PROBE_MS) void this.probe(this.wire);
  }

  /** The browser says that the network is gone; it may be wrong (a server on this machine), so ask. */
  private doubt(): void {
    if (this.ready) void this.probe(this.wire);
  }

  private async probe(wire: Wire | undefined): Promise<void> {
    try {
      await this.calls.call('stream.list', { limit: 1 }, PROBE_MS);
    } catch (thrown) {
      if (toError(thrown).code === 'timeout' && wire === this.wire) wire?.abandon(SILENT);
    }
  }
}
