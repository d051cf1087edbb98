import { expect, test, vi } from 'vitest';
import {
  following,
  id,
  LI,
  record,
  reconnected,
  ROOM,
  server,
  settle,
  until,
} from './kit/index.js';

test('a duplicate event is dropped', async () => {
  server.world.room();
  const { client, seen, peer } = await following();
  const event = server.world.say('once');
  peer.push(event);
  peer.push(event);
  peer.push(server.world.say('twice'));
  await until(() => seen.length === 2);
  expect(seen.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(client.conversations.find(ROOM)?.me.unread).toBe(2);
});

test('a missing number is pulled and what came too early follows it', async () => {
  server.world.room();
  const { client, seen, peer } = await following();
  const gaps = record(client, 'gap');
  server.world.say('lost');
  server.world.say('lost, too');
  peer.push(server.world.say('early'));
  await until(() => seen.length === 3);
  expect(seen.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  expect(gaps).toEqual([{ stream: ROOM, after: 1, got: 4 }]);
});

test('numbers outside my memberships are skipped where the pull says so', async () => {
  server.world.room();
  const { seen, peer } = await following();
  for (const text of ['hidden', 'hidden', 'visible']) server.world.say(text);
  server.answer('stream.events', ({ stream, after }) => {
    const page = server.world.events(stream, after);
    return { ...page, events: page.events.filter(({ seq }) => seq > 3) };
  });
  peer.push(server.world.say('last'));
  await until(() => seen.length === 2);
  expect(seen.map(({ seq }) => seq)).toEqual([4, 5]);
});

test('a pull that fails for a while is tried again', async () => {
  server.world.room();
  server.hold('stream.events');
  const { client, seen, peer } = await following();
  const errors = record(client, 'error');
  server.world.say('lost');
  peer.push(server.world.say('early'));
  peer.refuse(await peer.asked('stream.events'), 'overloaded', true, 3_000);
  await until(() => errors.length === 1);
  await vi.advanceTimersByTimeAsync(3_000);
  const again = await peer.asked('stream.events');
  peer.reply(again, server.world.events(ROOM, 1));
  await until(() => seen.length === 2);
  expect(errors[0]!.code).toBe('overloaded');
});

/** A client that has to pull in each of these conversations; nothing answers it yet. */
async function allBehind(rooms: readonly string[]) {
  for (const room of rooms) server.world.room(room);
  server.hold('stream.events');
  const { client, seen, peer } = await following();
  for (const room of rooms) {
    server.world.say('lost', LI, {}, room);
    peer.push(server.world.say('early', LI, {}, room));
  }
  return { client, seen, peer };
}

test('at most two streams are pulled at a time', async () => {
  const rooms = [10, 11, 12, 13, 14].map(id);
  const { seen, peer } = await allBehind(rooms);
  const pulled: string[] = [];
  while (pulled.length < rooms.length) {
    await until(() => peer.open.length > 0);
    await settle();
    expect(peer.open.length).toBeLessThanOrEqual(2);
    const request = await peer.asked('stream.events');
    const { stream, after } = request.params as { stream: string; after: number };
    pulled.push(stream);
    peer.reply(request, server.world.events(stream, after));
  }
  expect(pulled).toEqual(rooms);
  await until(() => seen.length === 2 * rooms.length);
});

test('pulls that wait for their turn end with the connection', async () => {
  const rooms = [10, 11, 12, 13].map(id);
  const { client, seen, peer } = await allBehind(rooms);
  await until(() => peer.open.length === 2);
  peer.cut();
  server.answer('stream.events', ({ stream, after }) => server.world.events(stream, after));
  await reconnected(client);
  await until(() => seen.length === 2 * rooms.length);
  // Each once: those that waited on the old connection do not come again beside the new ones.
  const pulls = (await server.peer(2)).requests('stream.events');
  const streams = pulls.map(({ params }) => (params as { stream: string }).stream);
  expect(new Set(streams).size).toBe(streams.length);
});
