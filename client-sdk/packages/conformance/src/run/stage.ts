import type { Contract } from '../wire/contract.js';
import type { Platform } from '../wire/line.js';
import type { Conversation, Params, Sent } from '../wire/types.js';
import { Client, type HelloOptions } from '../wire/client.js';
import type { Http } from '../wire/http.js';
import { Broken, Skip } from './check.js';
import type { Desk, Person } from './desk.js';

const AGAIN_MS = 200;

export interface Node {
  readonly url: string;
  readonly http: Http;
  readonly contract: Contract;
}

export interface StageOptions {
  /** Part of the names of everything that the case makes. */
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly desk: Desk;
  readonly platform: Platform;
  /** How long to wait for what is owed at once. */
  readonly patienceMs: number;
  /** How long to wait for what the server's settings put off: heartbeats, expiry. */
  readonly waitMs: number;
}

/** What a case works with: people of its own, connections that are looked at and closed. */
export class Stage {
  readonly nodes: readonly Node[];
  readonly platform: Platform;
  readonly desk: Desk;
  readonly patienceMs: number;
  readonly #options: StageOptions;
  readonly #people: Person[] = [];
  readonly #clients: Client[] = [];

  constructor(options: StageOptions) {
    this.#options = options;
    this.nodes = options.nodes;
    this.platform = options.platform;
    this.desk = options.desk;
    this.patienceMs = options.patienceMs;
  }

  /** Part of names that no other case uses. */
  get name(): string {
    return this.#options.name;
  }

  node(index = 0): Node {
    return this.nodes[index]!;
  }

  get http(): Http {
    return this.node().http;
  }

  get contract(): Contract {
    return this.node().contract;
  }

  /** Somebody new, logged in. */
  async person(name: string, device = 'laptop'): Promise<Person> {
    const person = await this.desk.token(`${this.name}-${name}`, name, device);
    this.#people.push(person);
    return person;
  }

  /** Some new people at once. */
  people(...names: string[]): Promise<Person[]> {
    return Promise.all(names.map((name) => this.person(name)));
  }

  /** A fresh token of the same session, or another device of the same person. */
  async again(person: Person, device = person.device): Promise<Person> {
    const fresh = await this.desk.token(
      person.externalId,
      person.externalId.split('-').at(-1)!,
      device,
    );
    this.#people.push(fresh);
    return fresh;
  }

  /** A WebSocket before hello. */
  async socket(node = 0): Promise<Client> {
    const { url, contract } = this.node(node);
    const { platform, patienceMs } = this.#options;
    const client = await Client.open({ url, platform, contract, patienceMs });
    this.#clients.push(client);
    return client;
  }

  /** A connection after its welcome. A server that is busy says when to come again. */
  async connect(person: Person, options: HelloOptions = {}, node = 0): Promise<Client> {
    const client = await this.socket(node);
    try {
      await client.hello(person.token, options);
      return client;
    } catch (error) {
      const wait = client.comeAgainMs;
      if (wait === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
      return this.connect(person, options, node);
    }
  }

  /** A new group of the owner and others. */
  async group(owner: Person, ...others: readonly Person[]): Promise<string> {
    const made = await this.http.ask<Conversation>(
      'conversation.create',
      {
        clientId: uuid(),
        kind: 'group',
        name: this.name,
        members: others.map((other) => other.id),
      },
      owner.token,
    );
    return made.id;
  }

  /** Ends the case: it cannot be run here. */
  skip(reason: string): never {
    throw new Skip(reason);
  }

  /** Skips the case where the server's settings make it wait too long. */
  waitsFor(what: string, ms: number): void {
    if (ms > this.#options.waitMs)
      throw new Skip(
        `${what} takes ${Math.ceil(ms / 1000)} s here, longer than ${this.#options.waitMs / 1000} s (--wait)`,
      );
  }

  /** Asks again, some times a second, until something holds. */
  async eventually(what: string, holds: () => Promise<boolean>, within?: number): Promise<void> {
    const limit = within ?? this.patienceMs;
    const deadline = Date.now() + limit;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Broken(`no ${what} within ${limit} ms`);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** Closes everything and fails if any frame was against the protocol. */
  async finish(): Promise<void> {
    for (const client of this.#clients) client.close();
    await Promise.all(this.#clients.map((client) => client.closed().catch(() => undefined)));
    const sessions = new Map(this.#people.map((person) => [person.session, person]));
    await Promise.all(
      [...sessions.values()].map((person) => this.desk.end(person).catch(() => {})),
    );
    for (const client of this.#clients) client.verify();
  }
}

/** A new client id. */
export function uuid(): string {
  // crypto.randomUUID exists in secure contexts only, and plain HTTP pages are none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** Work that is awaited later; if the case fails before, how it ends means nothing. */
export function beside<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** Parameters of message.send. */
export function words(conversation: string, text: string, more: Params = {}): Params {
  return { conversation, clientId: uuid(), body: { type: 'text', text }, ...more };
}

/** Sends a text and gives its number. */
export async function say(
  client: Client,
  conversation: string,
  text: string,
  more: Params = {},
): Promise<number> {
  return (await client.ask<Sent>('message.send', words(conversation, text, more))).seq;
}
