// One device of a user: a client of the public SDK that writes down what its application sees.
import { createClient } from '@magpie/sdk';
import { hash, now } from './history.mjs';
import { tapped } from './tap.mjs';

const LOGIN_MS = 1_000;
const POLL_MS = 20;

export class Device {
  socket;
  closeCode = 0;
  connection = '';
  node = '';
  /** Conversations of which a snapshot is held. */
  held = new Set();
  /** Left by itself, or is about to: sends nothing. */
  away = false;
  #vanishing = false;
  /** Sends without an answer for good, by their client id. */
  open = new Map();
  #watched = [];
  #shown = new Map();
  #at = new Map();
  #tries = new Map();
  #session;

  /**
   * @param name unique in the run
   * @param user {id, externalId, name, token?}
   * @param world what all devices share: history, random, entries, token(user, device), backoffScale
   */
  constructor(name, user, world) {
    this.name = name;
    this.user = user;
    this.world = world;
    this.token = user.token;
    this.client = createClient({
      url: () => this.#entry(),
      getToken: (asked) => this.#getToken(asked),
      WebSocket: tapped(this),
      name: 'fault-driver',
      // Shorter waits between tries, as all timers of a fault run are shorter.
      random: () => world.random.next() * world.backoffScale,
    });
    this.client.on('state', (state) => this.#state(state));
    this.client.on('event', (event) => this.#applied(event));
    this.client.on('conversation', (change) => this.#conversation(change));
    this.client.on('resync', ({ stream, head, reason }) => {
      this.#at.set(stream, head);
      this.line('resync', { stream, seq: head, reason });
    });
  }

  get live() {
    return this.client.state.status === 'live';
  }

  /** The last number of a stream that the application has. */
  at(stream) {
    return this.#at.get(stream) ?? 0;
  }

  /** `{status, …}` as the SDK says, for the answer of a command that waited in vain. */
  get state() {
    return `${this.name} is ${JSON.stringify(this.client.state)}`;
  }

  line(op, fields) {
    this.world.history.line(op, { client: this.name, connection: this.connection, ...fields });
  }

  /** Sends and writes down what becomes of it; resolves with the number, or nothing. */
  async send(conversation, text) {
    const t = now();
    const { localId, stored } = this.client.conversation(conversation).send(text);
    const sent = { clientId: localId, conversation };
    this.line('send', { t, phase: 'invoke', ...sent, hash: hash(text) });
    this.open.set(localId, sent);
    try {
      const { seq } = await stored;
      this.#ended(sent, 'ok', { seq });
      return { ...sent, seq };
    } catch (error) {
      // An earlier try whose outcome nobody knows may have been stored all the same.
      const sure = (this.#tries.get(localId) ?? 0) <= 1 && error.code !== 'closed';
      this.#ended(sent, sure ? 'fail' : 'info', { code: error.code });
      return undefined;
    }
  }

  /** From now on, over all connections, it wants to know how these users are. */
  watch(users) {
    this.#watched = users;
    void this.#watchAgain();
  }

  /** At the end of the run: what has no answer by now never had one. */
  giveUp() {
    this.over = true;
    this.socket?.lost();
    for (const sent of this.open.values()) this.#ended(sent, 'info', { code: 'run_ended' });
  }

  /** Leaves, as an application that is closed while nothing is on its way. */
  async leave() {
    await this.#quiet();
    await this.client.close();
  }

  /** From now on the end of its connection, whoever ends it, is the end of the device. */
  async vanish() {
    await this.#quiet();
    this.#vanishing = true;
  }

  back() {
    this.away = false;
    this.#vanishing = false;
    this.client.connect();
  }

  async #quiet() {
    this.away = true;
    while (this.open.size > 0) await new Promise((done) => setTimeout(done, POLL_MS));
  }

  // What the tap tells.

  up({ connection, node, epoch, session }) {
    this.connection = connection;
    this.node = node;
    if (this.#session !== session) {
      this.#session = session;
      this.line('device', { user: this.user.id, session });
    }
    this.line('link', { state: 'up', node, epoch });
  }

  inbox(stream, after) {
    if (!this.#at.has(stream)) this.#snapshot(stream, after);
  }

  /** Of answers and signals that overtake each other the one with the highest version counts. */
  shown({ user, state, version }) {
    const last = this.#shown.get(user) ?? { version: 0 };
    // Another state with the same version is not what servers may tell: the checker sees it.
    if (version < last.version || (version === last.version && state === last.state)) return;
    this.#shown.set(user, { state, version });
    this.line('presence', { about: user, state, version });
  }

  tried(clientId) {
    this.#tries.set(clientId, (this.#tries.get(clientId) ?? 0) + 1);
  }

  #ended(sent, phase, fields) {
    if (!this.open.delete(sent.clientId)) return;
    this.#tries.delete(sent.clientId);
    this.line('send', { phase, ...sent, ...fields });
  }

  #snapshot(stream, seq) {
    this.#at.set(stream, Math.max(this.at(stream), seq));
    this.line('subscribe', { stream, seq });
  }

  #state({ status, reason }) {
    if (status === 'live') {
      this.line('link', { state: 'live', node: this.node });
      void this.#watchAgain();
    }
    // A revoked session goes from live to connecting, with a fresh token.
    if (!['offline', 'closed', 'connecting'].includes(status)) return;
    this.#down();
    if (status === 'closed' && reason === 'login') this.#logIn();
    if (status === 'closed' && this.away) this.line('link', { state: 'left' });
    if (status === 'offline' && this.#vanishing) void this.client.close();
  }

  #down() {
    const { socket, connection } = this;
    this.socket = undefined;
    socket?.lost();
    if (connection !== '') this.line('link', { state: 'down', code: this.closeCode });
    this.connection = '';
    this.closeCode = 0;
  }

  /** As people do whom the server does not know any more; what was not sent is sent then. */
  #logIn() {
    this.token = undefined;
    setTimeout(() => {
      if (!this.over && !this.#vanishing) this.client.connect();
    }, LOGIN_MS);
  }

  #applied({ stream, seq, kind, data }) {
    this.#at.set(stream, seq);
    const { text } = data.body ?? {};
    const message =
      kind === 'message.sent' && text !== undefined
        ? { clientId: data.clientId, hash: hash(text) }
        : {};
    this.line('deliver', { stream, seq, kind, ...message });
  }

  #conversation({ conversation: { id, head }, removed }) {
    if (removed) this.held.delete(id);
    else if (!this.held.has(id)) {
      this.held.add(id);
      this.#snapshot(id, head);
    }
  }

  /** Watching ends with the connection. */
  async #watchAgain() {
    const { connection } = this;
    while (this.#watched.length > 0 && this.live && connection === this.connection) {
      try {
        const users = this.#watched;
        const { presences } = await this.client.request('presence.watch', { users });
        for (const presence of presences) this.shown(presence);
        return;
      } catch (error) {
        await new Promise((done) => setTimeout(done, error.retryAfterMs ?? 500));
      }
    }
  }

  /** Another one than last time, as behind a balancer. */
  #entry() {
    const { entries, random } = this.world;
    const others = entries.filter((url) => url !== this.entry);
    this.entry = random.pick(others.length > 0 ? others : entries);
    return this.entry;
  }

  async #getToken({ fresh }) {
    if (fresh || this.token === undefined)
      this.token = await this.world.token(this.user, this.name);
    return this.token;
  }
}
