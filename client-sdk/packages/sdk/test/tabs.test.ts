import { beforeEach, expect, test, vi } from 'vitest';
import { memoryStore, type Client, type OutboxEntry, type Store } from '../src/index.js';
import { liveClient, ME, reconnected, ROOM, server, settle, texts, until } from './kit/index.js';

/** The Web Locks API as far as the SDK uses it: one holder at a time, first come first served. */
class Locks {
  readonly granted: string[] = [];
  private readonly queues = new Map<string, Promise<unknown>>();

  request<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(name) ?? Promise.resolve();
    const run = before.then(() => {
      this.granted.push(name);
      return work();
    });
    this.queues.set(
      name,
      run.catch(() => {}),
    );
    return run;
  }
}

let number = 0;
let store: Store;

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: new Locks() });
  // What IndexedDB is to the tabs of a browser.
  store = { ...memoryStore(), durable: true, shared: `tabs-${number++}` };
  return () => vi.unstubAllGlobals();
});

async function tab(): Promise<Client> {
  const client = await liveClient({ store });
  client.conversation(ROOM).messages.subscribe(() => {});
  await until(() => client.conversation(ROOM).messages.get().loaded);
  return client;
}

async function cutAll(...tabs: readonly Client[]): Promise<void> {
  for (const peer of server.peers) peer.cut();
  await until(() => tabs.every(({ state }) => state.status === 'offline'));
}

/** Stores messages as a server does: once for each id, and tells every connection. */
function storeForAll(): string[] {
  const sends: string[] = [];
  const results = new Map<string, object>();
  server.answer('message.send', ({ conversation, ...data }) => {
    sends.push(data.body.text);
    const known = results.get(data.clientId);
    if (known) return { ...known, duplicate: true };
    const event = server.world.write(conversation, 'message.sent', data, ME);
    const result = { conversation, seq: event.seq, at: event.at };
    results.set(data.clientId, result);
    for (const peer of server.peers) if (!peer.closed) peer.push(event);
    return result;
  });
  return sends;
}

test('a message is shown by all tabs and sent by one', async () => {
  server.world.room();
  const [one, two] = [await tab(), await tab()];
  const sends = storeForAll();
  await one.conversation(ROOM).send('hello').stored;
  const items = (client: Client) => client.conversation(ROOM).messages.items;
  await until(() => items(two)[0]?.status === 'stored' && items(one)[0]?.status === 'stored');
  await settle();
  expect(sends).toEqual(['hello']);
  expect(texts(items(two))).toEqual(['hello']);
  expect(one.syncStatus.pending + two.syncStatus.pending).toBe(0);
  expect(await store.list()).toEqual([]);
});

test('two tabs that come back together send what was queued once, in order', async () => {
  server.world.room();
  const [one, two] = [await tab(), await tab()];
  await cutAll(one, two);
  for (const text of ['one', 'two', 'three']) await one.conversation(ROOM).send(text).queued;
  await until(() => two.syncStatus.pending === 3);
  await two.conversation(ROOM).send('four').queued;
  const sends = storeForAll();
  await Promise.all([reconnected(one), reconnected(two)]);
  await until(() => server.world.messages().length === 4);
  await until(() => one.syncStatus.pending + two.syncStatus.pending === 0);
  expect(sends).toEqual(['one', 'two', 'three', 'four']);
  expect(texts(server.world.messages())).toEqual(['one', 'two', 'three', 'four']);
});

test('a tab that is live sends what one without a connection has queued', async () => {
  server.world.room();
  const [one, two] = [await tab(), await tab()];
  const sends = storeForAll();
  (await server.peer(1)).cut();
  await until(() => one.state.status === 'offline');
  const local = one.conversation(ROOM).send('by the other');
  expect(await local.stored).toMatchObject({ seq: 2 });
  expect(sends).toEqual(['by the other']);
  await until(() => two.syncStatus.pending === 0 && one.syncStatus.pending === 0);
});

test('a message that is discarded in one tab is gone in the other', async () => {
  server.world.room();
  const [one, two] = [await tab(), await tab()];
  await cutAll(one, two);
  const { localId, queued } = one.conversation(ROOM).send('never mind');
  await queued;
  await until(() => two.syncStatus.pending === 1);
  two.conversation(ROOM).discard(localId);
  await until(() => one.syncStatus.pending === 0);
  expect(one.conversation(ROOM).messages.items).toEqual([]);
});

test('what the browser cleared from the store is kept again and sent', async () => {
  server.world.room();
  const one = await tab();
  (await server.peer()).cut();
  await until(() => one.state.status === 'offline');
  const all = ['one', 'two'].map((text) => one.conversation(ROOM).send(text));
  await Promise.all(all.map(({ queued }) => queued));
  for (const { id } of await store.list()) await store.remove(id);
  const puts: string[] = [];
  const put = store.put.bind(store);
  Object.assign(store, {
    put: (entry: OutboxEntry) => {
      puts.push(entry.id);
      return put(entry);
    },
  });
  const sends = storeForAll();
  await reconnected(one);
  await Promise.all(all.map(({ stored }) => stored));
  expect(sends).toEqual(['one', 'two']);
  expect(puts).toEqual(all.map(({ localId }) => localId));
  await until(() => one.syncStatus.pending === 0);
  expect(await store.list()).toEqual([]);
});

test('a message that another tab discarded is not sent, though only the store tells at first', async () => {
  server.world.room();
  const [one, two] = [await tab(), await tab()];
  await cutAll(one, two);
  const { localId, queued } = one.conversation(ROOM).send('never mind');
  await queued;
  await until(() => two.syncStatus.pending === 1);
  const sends = storeForAll();
  two.conversation(ROOM).discard(localId);
  await Promise.all([reconnected(one), reconnected(two)]);
  await until(() => one.syncStatus.pending + two.syncStatus.pending === 0);
  expect(sends).toEqual([]);
  expect(await store.list()).toEqual([]);
});

test('a message that one tab sends again is on its way in the others, too', async () => {
  server.world.room();
  const [one, two] = [await tab(), await tab()];
  server.hold('message.send');
  const local = one.conversation(ROOM).send('hello');
  local.stored.catch(() => {});
  const asked = () => server.peers.find(({ open }) => open.length > 0);
  await until(asked);
  const peer = asked()!;
  peer.refuse(await peer.asked('message.send'), 'forbidden');
  await until(() => one.syncStatus.failed === 1 && two.syncStatus.failed === 1);
  await expect(local.stored).rejects.toMatchObject({ code: 'forbidden' });
  const items = () => two.conversation(ROOM).messages.items;
  const shown: number[] = [];
  two.conversation(ROOM).messages.subscribe(() => shown.push(items().length));
  const sends = storeForAll();
  one.conversation(ROOM).retry(local.localId);
  await until(() => items()[0]?.status === 'stored' && two.syncStatus.failed === 0);
  expect(sends).toEqual(['hello']);
  expect(shown.every((count) => count === 1)).toBe(true);
  expect(await store.list()).toEqual([]);
});
