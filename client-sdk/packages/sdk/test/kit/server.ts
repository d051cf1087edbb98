import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Request, Requests, StreamState, Welcome } from '../../src/index.js';
import { digest } from '../../src/streams/digest.js';
import { Peer } from './peer.js';
import { until } from './until.js';
import { EPOCH, id, ME, user, World } from './world.js';

type Answer = (params: any, peer: Peer, request: Request) => object | undefined;

export const LIMITS = {
  frameBytes: 65_536,
  messageCodePoints: 8_000,
  messageBytes: 32_768,
  framesPerSecond: 20,
  framesBurst: 60,
  groupMembers: 500,
  recallSeconds: 120,
  editSeconds: 3_600,
};

/**
 * A real WebSocket server that does what the test tells it. By default it answers reading requests
 * from its {@link World}; `hold` leaves an operation to the test, `answer` gives another answer.
 */
export class ScriptedServer {
  readonly world = new World();
  readonly peers: Peer[] = [];
  epoch = EPOCH;
  heartbeatMs = 25_000;
  /** Whether a hello is answered with a welcome. */
  welcoming = true;
  /** Changes the `after` of a stream in `welcome`, as a server does that pushes less than it could. */
  after = (state: StreamState): StreamState => state;
  private readonly answers = new Map<string, Answer>();
  private readonly held = new Set<string>();
  private next = 500;

  private constructor(private readonly server: WebSocketServer) {
    server.on('connection', (socket) => {
      this.peers.push(new Peer(socket, (peer, frame) => this.received(peer, frame)));
    });
    const { world } = this;
    this.answer('conversation.list', ({ archived = false }) => ({
      items: [...world.rooms.keys()]
        .map((room) => world.conversation(room))
        .filter(({ me }) => me.archived === archived),
    }));
    this.answer('conversation.get', ({ conversation }) => world.conversation(conversation));
    this.answer('message.history', (params) => world.history(params));
    this.answer('message.thread', (params) => world.history(params));
    this.answer('position.list', ({ conversation }) => ({
      items: world.positions.get(conversation) ?? [],
    }));
    this.answer('position.update', ({ positions }) => ({
      positions: positions.map((one: any) => ({
        read: 0,
        delivered: 0,
        ...(one.read === undefined ? {} : { unread: 0, mentions: 0 }),
        ...one,
      })),
    }));
    this.answer('stream.events', ({ stream, after, limit }) => world.events(stream, after, limit));
    this.answer('stream.list', () => ({
      items: this.states().map(({ stream, kind, head }) => ({ stream, kind, head })),
      epoch: this.epoch,
    }));
    this.answer('user.get', ({ user: of }) => user(of));
    this.answer('typing.start', () => ({}));
    this.answer('presence.activity', () => ({}));
    this.answer('presence.unwatch', () => ({}));
    this.answer('presence.watch', ({ users }: { users: string[] }) => ({
      presences: users.flatMap((one) => world.presences.get(one) ?? []),
    }));
    this.answer('presence.settings', () => ({ availability: 'auto', lastSeen: 'everybody' }));
    this.answer('session.reauth', () => ({ expiresAt: '2026-01-01T01:00:00Z' }));
  }

  static async start(): Promise<ScriptedServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws' });
    await until(() => server.address());
    return new ScriptedServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answer<K extends keyof Requests>(op: K, answer: Answer): void {
    this.held.delete(op);
    this.answers.set(op, answer);
  }

  /** Leaves requests of `op` open: the test answers them. */
  hold(...ops: (keyof Requests)[]): void {
    for (const op of ops) this.held.add(op);
  }

  /** Stores messages that are sent, answers them and pushes their event. */
  storeMessages(): void {
    this.answer('message.send', ({ conversation, ...data }, peer, request) => {
      const event = this.world.write(conversation, 'message.sent', data, ME);
      peer.reply(request, { conversation, seq: event.seq, at: event.at });
      peer.push(event);
      return undefined;
    });
  }

  /** The peer of the `number`th connection, when it has said hello. */
  async peer(number = this.peers.length || 1): Promise<Peer> {
    const at = number - 1;
    await until(() => this.peers[at]?.hello, `hello of connection ${number}`);
    return this.peers[at]!;
  }

  welcome(peer: Peer): void {
    const { epoch: known, cursors = {} } = peer.hello;
    const states = this.states().map((state) => {
      const cursor = known === this.epoch ? cursors[state.stream] : undefined;
      const bad = cursor === undefined || cursor > state.head;
      return this.after({ ...state, after: bad ? state.head : cursor });
    });
    const welcome: Welcome = {
      type: 'welcome',
      connection: id(this.next++),
      session: id(800),
      user: ME,
      node: 'node-1',
      epoch: this.epoch,
      serverTime: '2026-01-01T00:00:00Z',
      heartbeatMs: this.heartbeatMs,
      expiresAt: '2026-01-01T01:00:00Z',
      limits: LIMITS,
      features: [],
      streams: states,
      more: false,
    };
    peer.send(welcome);
    for (const { stream, after, head } of states) {
      const missed = (this.world.streams.get(stream) ?? []).filter(({ seq }) => seq > after);
      if (missed.length > 0) peer.push(...missed);
      const cursor = cursors[stream];
      if (cursor === undefined) continue;
      const first = this.world.first.get(stream) ?? 1;
      const reason =
        known !== this.epoch
          ? 'epoch'
          : cursor > head
            ? 'ahead'
            : cursor < first - 1
              ? 'retention'
              : '';
      if (reason) peer.send({ type: 'resync_required', stream, first, head, reason });
    }
  }

  heartbeat(peer: Peer, change: { heads?: Record<string, number>; hash?: number } = {}): void {
    const states = this.states();
    peer.send({
      type: 'heartbeat',
      at: '2026-01-01T00:00:00Z',
      heads: {},
      count: states.length,
      hash: digest(states.map(({ stream, head }) => [stream, head] as const)),
      ...change,
    });
  }

  /** Ends everything; fails when a frame was against the contract. */
  async stop(): Promise<void> {
    for (const peer of this.peers) peer.cut();
    await new Promise((resolve) => this.server.close(resolve));
    const wrong = this.peers.flatMap((peer) => peer.wrong);
    if (wrong.length > 0) throw new Error(`frames against the contract:\n${wrong.join('\n')}`);
  }

  private states(): StreamState[] {
    return [...this.world.streams.keys()].map((stream) => ({
      stream,
      kind: stream === ME ? 'inbox' : 'conversation',
      head: this.world.head(stream),
      after: this.world.head(stream),
    }));
  }

  private received(peer: Peer, frame: Peer['frames'][number]): void {
    if (frame.type === 'hello' && this.welcoming) this.welcome(peer);
    if (frame.type !== 'request') return;
    const answer = this.held.has(frame.op) ? undefined : this.answers.get(frame.op);
    if (!answer) {
      peer.open.push(frame);
      return;
    }
    const result = answer(frame.params ?? {}, peer, frame);
    if (result) peer.reply(frame, result);
  }
}
