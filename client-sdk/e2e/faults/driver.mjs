// The people of a fault run, as clients of the public SDK: `node driver.mjs <config.json>`.
// Takes commands as lines of JSON, {"id": 1, "do": "load", "rate": 100}, and answers each by one,
// {"id": 1, "ok": true, …}. Writes a history (docs/testing.md). Ends when its input ends.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Device } from './device.mjs';
import { History } from './history.mjs';
import { Load } from './load.mjs';
import { Nodes } from './nodes.mjs';
import { seeded } from './random.mjs';

const POLL_MS = 100;
const PARALLEL = 16;

class Run {
  devices = [];
  #users = new Map();
  #delay = monitorEventLoopDelay();

  /**
   * @param config {seed, history, nodes: [{name, url}], entries?: [url], app: {id, key},
   *   users: [{id, externalId, name, token?}], conversations: [{id, owner, members: [id]}],
   *   backoffScale?}
   */
  constructor(config) {
    this.random = seeded(config.seed);
    this.history = new History(config.history);
    this.nodes = new Nodes(config.nodes, config.app);
    this.conversations = config.conversations;
    for (const user of config.users) this.#users.set(user.id, user);
    this.load = new Load(this);
    this.world = {
      history: this.history,
      random: this.random,
      entries: config.entries ?? config.nodes.map(({ url }) => url),
      token: (user, device) => this.nodes.token(user, device),
      backoffScale: config.backoffScale ?? 0.25,
    };
    this.#delay.enable();
  }

  devicesOf({ members }) {
    return members.flatMap((id) => this.#users.get(id)?.devices ?? []);
  }

  commands = {
    /** Connects devices of users (all by default) and waits until all are live. */
    connect: async ({ users = [...this.#users.keys()], devices = 1, ms = 60_000 }) => {
      const made = users.flatMap((id) => this.#add(this.#users.get(id), devices));
      await inTurns(made, PARALLEL, (device) => {
        device.client.connect();
        return until(
          () => device.live,
          ms,
          () => device.state,
        );
      });
      return { devices: this.devices.length };
    },
    /** Waits until all are live, for example after a fault. */
    live: ({ ms = 30_000 }) =>
      until(
        () => this.devices.every(({ live }) => live),
        ms,
        () => this.devices.filter(({ live }) => !live).map(({ state }) => state),
      ),
    load: (options) => {
      this.history.line('mark', { what: 'load', note: JSON.stringify(options) });
      this.load.start(options);
    },
    churn: (options) => this.load.churn(options),
    pause: () => {
      this.load.stop();
      this.history.line('mark', { what: 'load_end' });
    },
    quiesce: ({ ms = 30_000 }) => this.#quiesce(ms),
    final: ({ nodes, inboxes = this.devices.length <= 400 }) => this.#final(nodes, inboxes),
    /** Resets the sockets of some devices (all by default) at once. */
    cut: ({ count = this.devices.length }) => {
      const chosen = this.devices.filter(({ socket }) => socket).slice(0, count);
      for (const { socket } of chosen) socket.terminate();
      return { cut: chosen.length };
    },
    /** Some devices stop reading (or go on with `on: true`). */
    read: ({ count, on = false }) => {
      for (const { socket } of this.devices.slice(0, count))
        if (on) socket?.resume();
        else socket?.pause();
    },
    /** The first devices leave. */
    leave: async ({ count }) => {
      await Promise.all(this.devices.slice(0, count).map((device) => device.leave()));
    },
    /** Some devices at these nodes, past the first ones, end with their connections. */
    vanish: async ({ nodes, count, past }) => {
      const chosen = nodes.flatMap((node) =>
        this.devices
          .slice(past)
          .filter((device) => device.live && !device.away && device.node === node)
          .slice(0, count),
      );
      await Promise.all(chosen.map((device) => device.vanish()));
      return { users: chosen.map(({ user }) => user.id) };
    },
    /** Who left or vanished comes back. */
    back: () => {
      for (const device of this.devices) if (device.away) device.back();
    },
    /** The first devices watch the presence of users (all by default), at most 500. */
    watch: ({ count = this.devices.length, users = [...this.#users.keys()].slice(0, 500) }) => {
      for (const device of this.devices.slice(0, count)) device.watch(users);
    },
    /** Other addresses to connect to from now on. */
    entries: ({ urls }) => {
      this.world.entries = urls;
    },
    stats: () => ({
      devices: this.devices.length,
      live: this.devices.filter(({ live }) => live).length,
      sent: this.load.sent,
      held: this.load.held,
      churned: this.load.churned,
      open: this.#open(),
      openAt: countBy(this.devices.flatMap(({ node, open }) => [...open].map(() => node))),
      lines: this.history.lines,
      nodes: countBy(this.devices.map(({ node, live }) => (live ? node : 'none'))),
      loopMaxMs: Math.round(this.#delay.max / 1e6),
    }),
    exit: async () => this.end(),
  };

  async end() {
    this.load.stop();
    for (const device of this.devices) device.giveUp();
    await Promise.race([
      Promise.all(this.devices.map(({ client }) => client.close())),
      new Promise((done) => setTimeout(done, 5_000)),
    ]);
    this.history.close();
  }

  #add(user, count) {
    user.devices ??= [];
    return Array.from({ length: count }, () => {
      const device = new Device(`${user.name}/${user.devices.length + 1}`, user, this.world);
      user.devices.push(device);
      this.devices.push(device);
      return device;
    });
  }

  #open() {
    return this.devices.reduce((sum, { open }) => sum + open.size, 0);
  }

  /** Nothing is on its way any more, everybody is live and has everything. */
  async #quiesce(ms) {
    this.load.stop();
    const begun = performance.now();
    const left = () => ms - (performance.now() - begun);
    try {
      await until(
        () => this.#open() === 0,
        left(),
        () => `${this.#open()} sends are open`,
      );
      const moving = () => this.conversations.filter((one) => one.moving).length;
      await until(
        () => moving() === 0,
        left(),
        () => `somebody is away from ${moving()} conversations`,
      );
      await this.commands.live({ ms: left() });
      let late;
      do {
        late = await this.#late().catch((error) => [error.message]);
        if (late.length > 0 && left() < 0) throw new Error(`not at the head: ${late.slice(0, 20)}`);
        if (late.length > 0) await pause();
      } while (late.length > 0);
      const took = Math.round(performance.now() - begun);
      this.history.line('mark', { what: 'quiesced', note: `${took} ms` });
      return { ms: took };
    } catch (error) {
      this.history.line('mark', { what: 'gave_up', note: error.message });
      throw error;
    }
  }

  async #late() {
    const heads = new Map();
    for (const owner of new Set(this.conversations.map((one) => one.owner))) {
      for (const [stream, head] of await this.#as(owner, (token) => this.nodes.heads(token)))
        heads.set(stream, head);
    }
    return this.devices.flatMap((device) =>
      [...device.held]
        .filter((stream) => device.at(stream) < (heads.get(stream) ?? 0))
        .map(
          (stream) => `${device.name} at ${device.at(stream)} of ${heads.get(stream)} in ${stream}`,
        ),
    );
  }

  async #final(names, inboxes) {
    const asked = this.nodes.all.filter(({ name }) => names?.includes(name) ?? true);
    const streams = this.conversations.map(({ id, owner }) => ({ id, user: owner }));
    if (inboxes)
      for (const { id, devices } of this.#users.values())
        if (devices) streams.push({ id, user: id });
    let events = 0;
    for (const node of asked) {
      await inTurns(streams, PARALLEL, async ({ id, user }) => {
        events += await this.#as(user, (token) => this.nodes.final(node, token, id, this.history));
      });
    }
    this.history.flush();
    return { nodes: asked.length, streams: streams.length, events };
  }

  /** With another token where the one that is known is refused. */
  async #as(id, work) {
    try {
      return await work(await this.#token(id));
    } catch (error) {
      if (error.status !== 401) throw error;
      const user = this.#users.get(id);
      return work(await this.nodes.token(user, 'reader'));
    }
  }

  async #token(id) {
    const user = this.#users.get(id);
    const [device] = user.devices ?? [];
    const known = device?.token ?? user.token;
    return known ?? (user.token = await this.nodes.token(user, 'reader'));
  }
}

/** Runs `work` for each, not more than `width` at a time. */
async function inTurns(items, width, work) {
  const waiting = [...items];
  const one = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: width }, one));
}

async function until(condition, ms, why) {
  const deadline = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${Math.round(ms)} ms: ${why()}`);
    await pause();
  }
}

function pause() {
  return new Promise((done) => setTimeout(done, POLL_MS));
}

function countBy(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const run = new Run(JSON.parse(readFileSync(process.argv[2], 'utf8')));

async function obey(text) {
  const { id, do: name, ...options } = JSON.parse(text);
  let answer;
  try {
    const command = run.commands[name];
    if (!command) throw new Error(`there is no command ${name}`);
    answer = { id, ok: true, ...(await command(options)) };
  } catch (error) {
    answer = { id, ok: false, error: error.message };
  }
  run.history.flush();
  process.stdout.write(`${JSON.stringify(answer)}\n`, () => name === 'exit' && process.exit(0));
}

const input = createInterface({ input: process.stdin });
input.on('line', (text) => void obey(text));
input.on('close', () => void run.end().then(() => process.exit(0)));
