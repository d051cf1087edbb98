import { expect, test, vi } from 'vitest';
import { memoryStore, type OutboxEntry, type Store } from '../src/index.js';
import {
  live,
  liveClient,
  newClient,
  reconnected,
  ROOM,
  server,
  settle,
  texts,
  until,
} from './kit/index.js';
import { LI, ME } from './kit/index.js';

async function openRoom(options = {}) {
  server.world.room();
  const client = await liveClient(options);
  const room = client.conversation(ROOM);
  room.messages.subscribe(() => {});
  await until(() => room.messages.get().loaded);
  return { client, room, peer: await server.peer() };
}

const last = (room: { messages: { items: readonly any[] } }) => room.messages.items.at(-1);

// docs/adr/0020: a server without room knows a send by the first bytes of its frame
test('a send begins with its type, id, operation and conversation', async () => {
  server.hold('message.send');
  const { room, peer } = await openRoom();
  room.send('hello');
  expect(JSON.stringify(await peer.asked('message.send'))).toMatch(
    /^\{"type":"request","id":\d+,"op":"message\.send","params":\{"conversation":"[-\da-f]{36}"/,
  );
});

test('a message climbs from queued over sent, stored and delivered to read', async () => {
  server.hold('message.send');
  const { room, peer } = await openRoom();
  const local = room.send('hello');
  expect(last(room)).toMatchObject({ status: 'queued', mine: true, key: local.localId });
  await local.queued;
  const request = await peer.asked('message.send');
  expect(last(room).status).toBe('sent');
  expect(request.params).toEqual({
    conversation: ROOM,
    clientId: local.localId,
    body: { type: 'text', text: 'hello' },
  });
  const { conversation: _, ...data } = request.params as any;
  const event = server.world.write(ROOM, 'message.sent', data, ME);
  peer.reply(request, { conversation: ROOM, seq: event.seq, at: event.at });
  expect(await local.stored).toEqual({ seq: event.seq, at: event.at });
  expect(last(room)).toMatchObject({ status: 'stored', seq: event.seq, key: local.localId });
  peer.push(event);
  await until(() => last(room).at === event.at);
  expect(room.messages.items).toHaveLength(1);
  expect(last(room)).toMatchObject({
    status: 'stored',
    key: local.localId,
    localId: local.localId,
  });
  const position = { kind: 'position' as const, conversation: ROOM, user: LI };
  peer.send({ type: 'signals', signals: [{ ...position, read: 0, delivered: event.seq }] });
  await until(() => last(room).status === 'delivered');
  peer.send({ type: 'signals', signals: [{ ...position, read: event.seq, delivered: event.seq }] });
  await until(() => last(room).status === 'read');
  expect(last(room).receipts).toEqual({ delivered: 1, read: 1, total: 1 });
});

test('the event of a message may come before the reply to its send', async () => {
  server.hold('message.send');
  const { room, peer, client } = await openRoom();
  const local = room.send('hello');
  const request = await peer.asked('message.send');
  const { conversation: _, ...data } = request.params as any;
  const event = server.world.write(ROOM, 'message.sent', data, ME);
  peer.push(event);
  expect(await local.stored).toMatchObject({ seq: event.seq });
  expect(room.messages.items).toHaveLength(1);
  expect(last(room).status).toBe('stored');
  peer.reply(request, { conversation: ROOM, seq: event.seq, at: event.at });
  await settle();
  expect(room.messages.items).toHaveLength(1);
  expect(client.syncStatus.pending).toBe(0);
});

test('what is written offline is sent in order when the connection is back', async () => {
  const { room, peer, client } = await openRoom();
  peer.cut();
  await until(() => client.state.status === 'offline');
  const all = ['one', 'two', 'three'].map((text) => room.send(text));
  await Promise.all(all.map(({ queued }) => queued));
  expect(client.syncStatus.pending).toBe(3);
  server.storeMessages();
  await reconnected(client);
  const stored = await Promise.all(all.map((one) => one.stored));
  expect(stored.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  await until(() => client.syncStatus.pending === 0);
  expect(texts(room.messages.items)).toEqual(['one', 'two', 'three']);
});

test('a send whose answer was lost is repeated with the same id and shown once', async () => {
  server.hold('message.send');
  const { room, peer, client } = await openRoom();
  const local = room.send('hello');
  const request = await peer.asked('message.send');
  const { conversation: _, ...data } = request.params as any;
  const event = server.world.write(ROOM, 'message.sent', data, ME);
  peer.cut();
  await until(() => client.state.status === 'offline');
  expect(last(room).status).toBe('queued');
  server.after = (state) => ({ ...state, after: state.head });
  server.hold('stream.events');
  await vi.advanceTimersByTimeAsync(500);
  const next = await server.peer(2);
  const again = await next.asked('message.send');
  expect(again.params).toEqual(request.params);
  next.reply(again, { conversation: ROOM, seq: event.seq, at: event.at, duplicate: true });
  expect(await local.stored).toMatchObject({ seq: event.seq });
  next.reply(await next.asked('stream.events'), server.world.events(ROOM, 1));
  await live(client);
  expect(room.messages.items).toHaveLength(1);
});

test('a refusal that may pass holds the messages behind it', async () => {
  server.hold('message.send');
  const { room, peer } = await openRoom();
  room.send('one');
  room.send('two');
  const first = await peer.asked('message.send');
  peer.refuse(first, 'rate_limited', true, 4_000);
  await until(() => room.messages.items[0]?.error?.code === 'rate_limited');
  expect(room.messages.items.map(({ status }) => status)).toEqual(['queued', 'queued']);
  await vi.advanceTimersByTimeAsync(3_999);
  expect(peer.requests('message.send')).toHaveLength(1);
  server.storeMessages();
  await vi.advanceTimersByTimeAsync(1);
  await until(() => room.messages.items.every(({ status }) => status === 'stored'));
  expect(texts(server.world.messages())).toEqual(['one', 'two']);
});

test('conversations do not wait for each other', async () => {
  const other = ROOM.replace('064', '065');
  server.hold('message.send');
  server.world.room(other);
  const { room, peer, client } = await openRoom();
  room.send('one');
  client.conversation(other).send('elsewhere');
  await until(() => peer.open.length === 2);
});

test('a message that is refused for good is kept, does not block the next, and can be sent again', async () => {
  server.hold('message.send');
  const { room, peer, client } = await openRoom();
  const bad = room.send('one');
  const good = room.send('two');
  const refused = expect(bad.stored).rejects.toMatchObject({ code: 'forbidden' });
  const first = await peer.asked('message.send');
  server.storeMessages();
  peer.refuse(first, 'forbidden');
  await refused;
  await good.stored;
  await until(() => last(room).status === 'failed');
  expect(last(room)).toMatchObject({ localId: bad.localId, error: { code: 'forbidden' } });
  expect(client.syncStatus).toMatchObject({ pending: 0, failed: 1 });
  room.retry(bad.localId);
  await until(() => last(room).status === 'stored' && last(room).localId === bad.localId);
  expect(client.syncStatus).toMatchObject({ pending: 0, failed: 0 });
});

test('after client_id_reused a message is sent again under a new id', async () => {
  server.hold('message.send');
  const { room, peer } = await openRoom();
  const local = room.send('one');
  peer.refuse(await peer.asked('message.send'), 'client_id_reused');
  await until(() => last(room).status === 'failed');
  room.retry(local.localId);
  const again = await peer.asked('message.send');
  expect((again.params as any).clientId).not.toBe(local.localId);
  expect((again.params as any).body.text).toBe('one');
});

test.each([
  ['forbidden', ['put']],
  ['client_id_reused', ['put', 'remove']],
])('a retry after %s never leaves the store without the message', async (code, expected) => {
  const steps: string[] = [];
  const inner = memoryStore();
  const noted =
    <A extends unknown[]>(name: string, work: (...args: A) => Promise<void>) =>
    (...args: A) => {
      steps.push(name);
      return work(...args);
    };
  const store = { ...inner, put: noted('put', inner.put), remove: noted('remove', inner.remove) };
  server.hold('message.send');
  const { room, peer } = await openRoom({ store });
  const local = room.send('one');
  peer.refuse(await peer.asked('message.send'), code);
  await until(() => last(room).status === 'failed');
  await until(() => steps.length === 2);
  steps.length = 0;
  room.retry(local.localId);
  await peer.asked('message.send');
  await settle();
  expect(steps).toEqual(expected);
  const kept = await store.list();
  expect(kept).toHaveLength(1);
  expect(kept[0]!.failed).toBeUndefined();
});

test('a message can be discarded', async () => {
  const store = memoryStore();
  const { room, peer, client } = await openRoom({ store });
  peer.cut();
  await until(() => client.state.status === 'offline');
  const local = room.send('never mind');
  await local.queued;
  const gone = expect(local.stored).rejects.toMatchObject({ code: 'closed' });
  room.discard(local.localId);
  await gone;
  expect(room.messages.items).toEqual([]);
  await reconnected(client);
  expect(await store.list()).toEqual([]);
  expect((await server.peer(2)).requests('message.send')).toEqual([]);
});

test('all that one person has not sent can be discarded, and nothing of another', async () => {
  const store = memoryStore();
  const params = { conversation: ROOM, clientId: LI, body: { type: 'text' as const, text: 'x' } };
  const other: OutboxEntry = { id: LI, user: LI, at: '2026-01-01T00:00:00Z', params };
  await store.put(other);
  const { room, peer, client } = await openRoom({ store });
  peer.cut();
  await until(() => client.state.status === 'offline');
  const all = ['one', 'two'].map((text) => room.send(text));
  const gone = Promise.all(
    all.map(({ stored }) => expect(stored).rejects.toMatchObject({ code: 'closed' })),
  );
  await client.discardUnsent();
  await gone;
  expect(await store.list()).toEqual([other]);
  expect(await store.getValue('user')).toBe('');
  expect(client.syncStatus).toMatchObject({ pending: 0, failed: 0 });
  expect(room.messages.items).toEqual([]);
});

test('a store that cannot be emptied says so', async () => {
  const store = { ...memoryStore(), remove: () => Promise.reject(new Error('broken')) };
  const { room, peer, client } = await openRoom({ store });
  peer.cut();
  await until(() => client.state.status === 'offline');
  await room.send('one').queued;
  await expect(client.discardUnsent()).rejects.toThrow('broken');
});

test('a message without an answer in time is sent again under the same id', async () => {
  server.hold('message.send');
  const { room, peer } = await openRoom();
  room.send('hello');
  const first = await peer.asked('message.send');
  await vi.advanceTimersByTimeAsync(15_000);
  await until(() => last(room).status === 'queued');
  await vi.advanceTimersByTimeAsync(500);
  const again = await peer.asked('message.send');
  expect(again.params).toEqual(first.params);
});

test('what was queued before a restart is sent first by the next program', async () => {
  server.world.room();
  const store = memoryStore();
  const before = await liveClient({ store });
  (await server.peer()).cut();
  await until(() => before.state.status === 'offline');
  await before.conversation(ROOM).send('from the first').queued;
  await before.close();
  server.storeMessages();
  const client = newClient({ store });
  const room = client.conversation(ROOM);
  room.messages.subscribe(() => {});
  const second = room.send('from the second');
  expect(texts(room.messages.items)).toEqual(['from the second']);
  client.connect();
  await second.stored;
  expect(texts(server.world.messages())).toEqual(['from the first', 'from the second']);
});

test('what another person queued on this device is neither shown nor sent', async () => {
  const store = memoryStore();
  const entry: OutboxEntry = {
    id: LI,
    user: LI,
    at: '2026-01-01T00:00:00Z',
    params: { conversation: ROOM, clientId: LI, body: { type: 'text', text: 'private' } },
  };
  await store.put(entry);
  const { room, client, peer } = await openRoom({ store });
  await settle();
  expect(room.messages.items).toEqual([]);
  expect(client.syncStatus.pending).toBe(0);
  expect(peer.requests('message.send')).toEqual([]);
  expect(await store.list()).toEqual([entry]);
});

test('a message is in the store before it is on the wire, and gone from it when it is stored', async () => {
  const steps: string[] = [];
  const inner = memoryStore();
  const store: Store = {
    ...inner,
    put: async (entry) => {
      await settle(5);
      await inner.put(entry);
      steps.push('kept');
    },
    remove: async (id) => {
      await inner.remove(id);
      steps.push('removed');
    },
  };
  const { room } = await openRoom({ store });
  server.storeMessages();
  const answer = server.world.write.bind(server.world);
  server.world.write = ((...args: Parameters<typeof answer>) => {
    steps.push('sent');
    return answer(...args);
  }) as typeof answer;
  await room.send('hello').stored;
  await until(() => steps.length === 3);
  expect(steps).toEqual(['kept', 'sent', 'removed']);
});

test('a full store does not lose a message: it goes on in memory and the client tells', async () => {
  const inner = memoryStore();
  const full: Store = {
    ...inner,
    durable: true,
    put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
  };
  const { room, client, peer } = await openRoom({ store: full });
  const told: unknown[] = [];
  client.on('store', (event) => told.push(event));
  expect(client.syncStatus.store).toBe('durable');
  peer.cut();
  await until(() => client.state.status === 'offline');
  const local = room.send('hello');
  await local.queued;
  expect(told).toHaveLength(1);
  expect(client.syncStatus).toMatchObject({ pending: 1, store: 'memory' });
  server.storeMessages();
  await reconnected(client);
  await local.stored;
});

test('a store that cannot be opened leaves a client that works', async () => {
  const broken = (): Promise<never> => Promise.reject(new Error('broken'));
  const store: Store = {
    durable: true,
    list: broken,
    get: broken,
    put: broken,
    remove: broken,
    getValue: broken,
    setValue: broken,
  };
  const { room, client } = await openRoom({ store });
  server.storeMessages();
  await room.send('hello').stored;
  expect(client.syncStatus.store).toBe('memory');
});

test.each([
  ['text_too_long', 'x'.repeat(8_001)],
  ['text_too_long', '鹊'.repeat(8_000) + '𠮷'.repeat(1)],
  ['text_too_long', '𠮷'.repeat(8_192)],
  ['invalid_field', ' \n '],
  ['invalid_text', 'a\0b'],
  ['invalid_text', 'a\uD800b'],
])(
  'a text that the server would refuse (%s) is refused at once and not queued',
  async (code, text) => {
    const { room, client } = await openRoom();
    expect(() => room.send(text)).toThrow(expect.objectContaining({ code, field: 'body.text' }));
    expect(client.syncStatus.pending).toBe(0);
  },
);

test('text that just fits is taken', async () => {
  const { room } = await openRoom();
  server.storeMessages();
  await room.send('𠮷'.repeat(8_000)).stored;
  await room.send({ code: { text: 'let x = 1', language: 'js' } }).stored;
  expect(last(room).body).toEqual({ type: 'code', text: 'let x = 1', language: 'js' });
});
