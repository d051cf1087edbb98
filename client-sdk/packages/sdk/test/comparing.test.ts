import { expect, test } from 'vitest';
import { digest, fnv1a } from '../src/streams/digest.js';
import {
  following,
  id,
  liveClient,
  LI,
  ME,
  record,
  ROOM,
  server,
  settle,
  until,
} from './kit/index.js';

test('the hash of the heartbeat is FNV-1a over all streams', () => {
  // Vectors of the reference implementation.
  expect(fnv1a('')).toBe(0x811c9dc5);
  expect(fnv1a('a')).toBe(0xe40c292c);
  expect(fnv1a('foobar')).toBe(0xbf9cf968);
  expect(digest([])).toBe(0);
  expect(digest([['s', 1]])).toBe(fnv1a('s:1'));
  expect(
    digest([
      ['s', 1],
      ['t', 2],
    ]),
  ).toBe((fnv1a('s:1') ^ fnv1a('t:2')) >>> 0);
});

test('a heartbeat with the same hash asks for nothing', async () => {
  server.world.room();
  const client = await liveClient();
  const peer = await server.peer();
  peer.push(server.world.say('x'));
  await until(() => client.conversations.find(ROOM)?.me.unread === 1);
  server.heartbeat(peer);
  await until(() => peer.frames.some(({ type }) => type === 'heartbeat'));
  await settle();
  expect(peer.requests('stream.list')).toEqual([]);
});

test('a heartbeat with another hash makes the client compare and pull the lost tail', async () => {
  server.world.room();
  const { seen, peer } = await following();
  server.world.say('the lost tail');
  server.heartbeat(peer);
  await until(() => seen.length === 1);
  expect(peer.requests('stream.list')).toHaveLength(1);
  server.heartbeat(peer);
  await settle();
  expect(peer.requests('stream.list')).toHaveLength(1);
});

test('a head that the heartbeat names is pulled', async () => {
  server.world.room();
  const client = await liveClient();
  const seen = record(client, 'event');
  server.world.say('the lost tail');
  server.heartbeat(await server.peer(), { heads: { [ROOM]: 2 } });
  await until(() => seen.length === 1);
});

test.each(['there is more', 'there is no more'])(
  'a stream that a look at all streams finds over is read to its end and removed (%s)',
  async (what) => {
    const { world } = server;
    world.room(ROOM, [ME, LI, id(3)]);
    const client = await liveClient();
    const seen = record(client, 'event');
    if (what === 'there is more') {
      world.say('last');
      world.write(ROOM, 'member.removed', { user: ME });
    }
    server.answer('stream.list', () => ({
      items: [{ stream: ME, kind: 'inbox', head: world.head(ME) }],
      epoch: server.epoch,
    }));
    server.heartbeat(await server.peer(), { hash: 1 });
    await until(() => client.conversations.items.length === 0);
    expect(seen.map(({ seq }) => seq)).toEqual(what === 'there is more' ? [2, 3] : []);
  },
);
