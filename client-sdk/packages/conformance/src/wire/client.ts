import { Broken } from '../run/check.js';
import { short, type Contract } from './contract.js';
import { Gate } from './gate.js';
import { Requests } from './requests.js';
import type { Line, Platform } from './line.js';
import type {
  ErrorBody,
  Event,
  Frame,
  FrameOf,
  Params,
  Reply,
  Signal,
  StreamState,
  Welcome,
} from './types.js';

export interface HelloOptions {
  readonly epoch?: string;
  readonly cursors?: Readonly<Record<string, number>>;
}

interface Wait {
  readonly look: () => void;
}

export interface ClientOptions {
  readonly url: string;
  readonly platform: Platform;
  readonly contract: Contract;
  /** How long to wait for something that is owed. */
  readonly patienceMs: number;
}

/**
 * A client that does what it is told. Every frame that comes is held against the contract and
 * against what a server owes any connection; what does not fit fails the next call and `verify`.
 */
export class Client {
  readonly frames: Frame[] = [];
  answersHeartbeats = true;
  line!: Line;
  readonly #options: ClientOptions;
  readonly #faults: string[] = [];
  readonly #requests: Requests;
  readonly #waits = new Set<Wait>();
  readonly #states = new Map<string, StreamState>();
  #gate: Gate | undefined;
  #welcome: Welcome | undefined;
  #closeCode: number | undefined;

  private constructor(options: ClientOptions) {
    this.#options = options;
    this.#requests = new Requests(options.patienceMs);
  }

  /** An open WebSocket, before hello. */
  static async open(options: ClientOptions): Promise<Client> {
    const client = new Client(options);
    const url = `${options.url.replace(/^http/u, 'ws')}/ws`;
    client.line = await options.platform.dial(url, ['magpie.v1'], {
      message: (text) => client.#take(text),
      closed: (code) => client.#ended(code),
    });
    return client;
  }

  /** Says hello and waits until the list of streams is complete. */
  async hello(token: string, options: HelloOptions = {}): Promise<Welcome> {
    this.send({ type: 'hello', token, client: 'magpie-conformance/0.1', ...options });
    const welcome = await this.frame('welcome');
    await this.until('the complete list of streams', () =>
      this.frames.some((f) => (f.type === 'welcome' || f.type === 'streams') && !f.more),
    );
    return welcome;
  }

  get welcome(): Welcome {
    if (this.#welcome === undefined) throw new Broken('there was no welcome');
    return this.#welcome;
  }

  /** The streams that welcome and the frames after it named. */
  get streams(): ReadonlyMap<string, StreamState> {
    return this.#states;
  }

  /** The last number that was pushed in each stream, or its `after`. */
  get cursors(): ReadonlyMap<string, number> {
    return this.#gate?.cursors ?? new Map<string, number>();
  }

  state(stream: string): StreamState {
    const state = this.#states.get(stream);
    if (state === undefined) throw new Broken(`welcome does not list the stream ${stream}`);
    return state;
  }

  send(frame: object): void {
    this.line.send(JSON.stringify(frame));
  }

  /** Starts a request; gives the whole reply, whether good or bad. */
  start(op: string, params: Params = {}): Promise<Reply> {
    return this.startText(op, JSON.stringify(params));
  }

  /** Starts a request whose parameters are any text. */
  startText(op: string, params: string): Promise<Reply> {
    const id = this.#requests.nextId();
    const reply = this.expect(id, op);
    this.line.send(`{"type":"request","id":${id},"op":${JSON.stringify(op)},"params":${params}}`);
    return reply;
  }

  /**
   * Expects the reply to a request whose frame the case writes itself.
   *
   * @param times how many replies with this id may come
   */
  expect(id: number, op: string, times = 1): Promise<Reply> {
    const reply = this.#requests.expect(id, op, times);
    if (this.ended) this.#requests.fail((open) => this.#closedError(`reply to ${open}`));
    return reply;
  }

  /** Asks and gives the result. */
  async ask<T = Record<string, unknown>>(op: string, params: Params = {}): Promise<T> {
    const reply = await this.start(op, params);
    this.verify();
    if (!reply.ok) throw new Broken(`${op} was refused: ${short(reply.error)}`);
    return reply.result as T;
  }

  /** Asks for something that has to be refused, and gives the refusal. */
  async refusal(op: string, params: Params = {}): Promise<ErrorBody> {
    const reply = await this.start(op, params);
    this.verify();
    if (reply.ok) throw new Broken(`${op} was not refused but answered ${short(reply.result)}`);
    return reply.error;
  }

  /** The first frame of a type, of those that came and those to come. */
  async frame<T extends Frame['type']>(
    type: T,
    fits: (frame: FrameOf<T>) => boolean = () => true,
    within?: number,
  ): Promise<FrameOf<T>> {
    const find = () =>
      this.frames.find((f): f is FrameOf<T> => f.type === type && fits(f as FrameOf<T>));
    await this.until(`frame ${type}`, () => find() !== undefined, within);
    return find()!;
  }

  /** An event by its number. */
  async event(stream: string, seq: number): Promise<Event> {
    const find = () => this.events(stream).find((event) => event.seq === seq);
    await this.until(`event ${seq} of ${stream}`, () => find() !== undefined);
    return find()!;
  }

  /** The first event of a kind in a stream that fits. */
  async eventOf(
    stream: string,
    kind: string,
    fits: (event: Event) => boolean = () => true,
  ): Promise<Event> {
    const find = () => this.events(stream).find((event) => event.kind === kind && fits(event));
    await this.until(`event ${kind}`, () => find() !== undefined);
    return find()!;
  }

  /** The events of a stream so far, in the order in which they came. */
  events(stream: string): Event[] {
    return this.frames.flatMap((frame) =>
      frame.type === 'events' ? frame.events.filter((event) => event.stream === stream) : [],
    );
  }

  seqs(stream: string): number[] {
    return this.events(stream).map((event) => event.seq);
  }

  signals(): Signal[] {
    return this.frames.flatMap((frame) => (frame.type === 'signals' ? frame.signals : []));
  }

  async signal(what: string, fits: (signal: Signal) => boolean): Promise<Signal> {
    await this.until(what, () => this.signals().some(fits));
    return this.signals().find(fits)!;
  }

  /** Waits until something holds; looks again after each frame and at the end. */
  async until(what: string, holds: () => boolean, within?: number): Promise<void> {
    const limit = within ?? this.#options.patienceMs;
    await new Promise<void>((resolve, reject) => {
      const finish = (error?: Error) => {
        clearTimeout(patience);
        this.#waits.delete(wait);
        if (error === undefined) resolve();
        else reject(error);
      };
      const look = () => {
        if (holds()) finish();
        else if (this.#closeCode !== undefined) finish(this.#closedError(what));
      };
      const wait = { look };
      const patience = setTimeout(
        () => finish(new Broken(`no ${what} within ${limit} ms${this.#tail()}`)),
        limit,
      );
      this.#waits.add(wait);
      look();
    });
    this.verify();
  }

  get ended(): boolean {
    return this.#closeCode !== undefined;
  }

  /** Waits for the end and gives the close code. */
  async closed(within?: number): Promise<number> {
    await this.until('end of the connection', () => this.ended, within);
    return this.#closeCode!;
  }

  /** The error frame that told why the connection ended, and its code. */
  async refused(within?: number): Promise<{ readonly code: number; readonly error: string }> {
    const code = await this.closed(within);
    const told = this.frames.find((f): f is FrameOf<'error'> => f.type === 'error' && f.close);
    return { code, error: told?.error.code ?? 'nothing' };
  }

  /** When to come again, where the server was too busy to let this client in. */
  get comeAgainMs(): number | undefined {
    const told = this.frames.find((f): f is FrameOf<'error'> => f.type === 'error' && f.close);
    return told?.error.code === 'overloaded' ? told.error.retryAfterMs : undefined;
  }

  close(): void {
    if (!this.ended) this.line.close(1000);
  }

  /** Fails if anything that came was against the protocol. */
  verify(): void {
    if (this.#faults.length > 0) throw new Broken(this.#faults.slice(0, 3).join('; '));
  }

  #tail(): string {
    const tail = this.frames.slice(-3);
    return tail.length === 0 ? '' : `; the last frames were ${short(tail, 600)}`;
  }

  #closedError(what: string): Broken {
    return new Broken(`the connection ended with ${this.#closeCode}, no ${what}${this.#tail()}`);
  }

  #take(text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      this.#faults.push(`a frame that is no JSON: ${short(text)}`);
      return;
    }
    this.#look(frame);
    this.frames.push(frame);
    if (frame.type === 'heartbeat' && this.answersHeartbeats) this.send({ type: 'heartbeat' });
    if (frame.type === 'reply') this.#requests.settle(frame);
    for (const wait of this.#waits) wait.look();
  }

  #look(frame: Frame): void {
    const op = frame.type === 'reply' ? this.#requests.op(frame.id) : undefined;
    const wrong = this.#options.contract.wrongFrame(frame, op);
    this.#fault(wrong && `against the contract: ${wrong}`);
    if (frame.type === 'reply') this.#fault(this.#requests.take(frame));
    if (frame.type === 'welcome') {
      this.#welcome = frame;
      this.#gate = new Gate(frame.user);
    }
    if (frame.type === 'welcome' || frame.type === 'streams') this.#listed(frame.streams);
    if (frame.type === 'events') this.#pushed(frame.events);
  }

  #listed(streams: readonly StreamState[]): void {
    for (const state of streams) this.#states.set(state.stream, state);
    this.#gate?.listed(streams);
  }

  #pushed(events: readonly Event[]): void {
    for (const event of events) {
      this.#fault(this.#gate === undefined ? 'events before welcome' : this.#gate.wrong(event));
    }
  }

  #fault(wrong: string | undefined): void {
    if (wrong !== undefined) this.#faults.push(wrong);
  }

  #ended(code: number): void {
    this.#closeCode = code;
    this.#requests.fail((op) => this.#closedError(`reply to ${op}`));
    for (const wait of this.#waits) wait.look();
  }
}
