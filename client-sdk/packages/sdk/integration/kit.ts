import { WebSocket } from 'ws';
import { afterEach, expect } from 'vitest';
import {
  createClient,
  passwordSession,
  type Client,
  type ClientOptions,
  type ConversationHandle,
  type Message,
  type TimelineMessage,
} from '../src/index.js';

const url = process.env['MAGPIE_URL'] ?? 'http://127.0.0.1:8080';
const password = process.env['MAGPIE_DEMO_PASSWORD'] ?? '';

/** A demo person who is logged in and connected. */
export interface Person {
  readonly id: string;
  readonly client: Client;
  /** Cuts the connection as a dead network would. */
  cut(): void;
}

const people: Person[] = [];

afterEach(async () => {
  await Promise.all(people.splice(0).map(({ client }) => client.close()));
});

export async function person(username: string, options: Partial<ClientOptions> = {}) {
  const session = await passwordSession({ url, username, password, device: 'integration test' });
  const sockets: WebSocket[] = [];
  class Socket extends WebSocket {
    constructor(address: string, protocol?: string) {
      super(address, protocol);
      sockets.push(this);
    }
  }
  const { getToken } = session;
  const client = createClient({ url, getToken, WebSocket: Socket, ...options });
  const one: Person = { id: session.user.id, client, cut: () => sockets.at(-1)?.terminate() };
  people.push(one);
  client.connect();
  await live(client);
  return one;
}

export async function live(client: Client): Promise<void> {
  await until(() => client.state.status === 'live' && client.conversations.get().loaded);
}

/** Opens a conversation and waits for its first page. */
export async function open(client: Client, id: string): Promise<ConversationHandle> {
  await until(() => client.conversations.find(id));
  const room = client.conversation(id);
  room.messages.subscribe(() => {});
  await until(() => room.messages.get().loaded);
  return room;
}

/** Waits until `condition` answers something. */
export async function until(condition: () => unknown): Promise<void> {
  await expect.poll(condition, { interval: 10, timeout: 15_000 }).toBeTruthy();
}

/** A message as the server knows it. */
export function plain(message: TimelineMessage | Message): unknown {
  const {
    key: _,
    status: __,
    mine: ___,
    localId: ____,
    receipts: _____,
    ...rest
  } = message as TimelineMessage;
  return rest;
}

/** What the client holds is what a fresh read answers. */
export async function expectFresh(client: Client, room: ConversationHandle): Promise<void> {
  const fresh = await client.request('conversation.get', { conversation: room.id });
  await until(() => room.state?.head === fresh.head);
  expect(room.state).toEqual(fresh);
  const page = await client.request('message.history', { conversation: room.id, limit: 200 });
  const held = room.messages.items.map(plain);
  expect(held).toEqual(page.items.slice(-held.length));
}
