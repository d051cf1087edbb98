import { WebSocket } from 'ws';
import { afterEach, beforeEach, vi } from 'vitest';
import {
  createClient,
  type Client,
  type ClientEvents,
  type ClientOptions,
} from '../../src/index.js';
import { ScriptedServer } from './server.js';
import { until } from './until.js';

export * from './server.js';
export * from './until.js';
export * from './world.js';
export type { Peer } from './peer.js';

/** The server of the running test. */
export let server: ScriptedServer;
const clients: Client[] = [];

beforeEach(async () => {
  // Timers are the test's; sockets, and with them `until`, go on by themselves.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  server = await ScriptedServer.start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  vi.useRealTimers();
  await server.stop();
});

/** A client of the scripted server; closed after the test. */
export function newClient(options: Partial<ClientOptions> = {}): Client {
  const client = createClient({
    url: server.url,
    getToken: () => 'token',
    WebSocket,
    random: () => 0,
    ...options,
  });
  clients.push(client);
  return client;
}

/** A client that is up to date and has its list. */
export async function liveClient(options: Partial<ClientOptions> = {}): Promise<Client> {
  const client = newClient(options);
  client.connect();
  await live(client);
  return client;
}

/** A client that is up to date, its connection, and the events that it tells of from now on. */
export async function following() {
  const client = await liveClient();
  return { client, seen: record(client, 'event'), peer: await server.peer() };
}

export async function live(client: Client): Promise<void> {
  await until(
    () => client.state.status === 'live' && client.conversations.get().loaded,
    'a live client',
  );
}

/** Lets the time of the pending reconnect pass and waits for the next connection to be live. */
export async function reconnected(client: Client): Promise<void> {
  const before = server.peers.length;
  await until(() => client.state.status === 'offline', 'the loss of the connection');
  await vi.advanceTimersByTimeAsync(client.state.retryInMs!);
  await until(() => server.peers.length > before, 'the next connection');
  await live(client);
}

/** Collects what the client tells under a name. */
export function record<K extends keyof ClientEvents>(client: Client, name: K): ClientEvents[K][] {
  const all: ClientEvents[K][] = [];
  client.on(name, (event) => void all.push(event));
  return all;
}

export function texts(items: readonly { body?: unknown }[]): string[] {
  return items.map(({ body }) => (body as { text: string } | undefined)?.text ?? '–');
}
