import { expect, test, vi } from 'vitest';
import { digest, fnv1a } from '../src/streams/digest.js';
import {
  id,
  live,
  liveClient,
  LI,
  ME,
  record,
  reconnected,
  ROOM,
  server,
  settle,
  until,
} from './kit/index.js';

test('a duplicate event is dropped', async () => {
  server.world.room();
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
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
  const client = await liveClient();
  const seen = record(client, 'event');
  const gaps = record(client, 'gap');
  const peer = await server.peer();
  server.world.say('lost');
  server.world.say('lost, too');
  peer.push(server.world.say('early'));
  await until(() => seen.length === 3);
  expect(seen.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  expect(gaps).toEqual([{ stream: ROOM, after: 1, got: 4 }]);
});

test('numbers outside my memberships are skipped where the pull says so', async () => {
  server.world.room();
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
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
  const client = await liveClient();
  const seen = record(client, 'event');
  const errors = record(client, 'error');
  const peer = await server.peer();
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
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
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

test('a cut in the middle of a pull loses and doubles nothing', async () => {
  server.world.room();
  server.hold('stream.events');
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
  server.world.say('lost');
  peer.push(server.world.say('early'));
  await peer.asked('stream.events');
  peer.cut();
  server.answer('stream.events', ({ stream, after }) => server.world.events(stream, after));
  await reconnected(client);
  await until(() => seen.length === 2);
  expect(seen.map(({ seq }) => seq)).toEqual([2, 3]);
});

test.each(['epoch', 'ahead', 'retention'] as const)(
  'a stream that cannot be resumed (%s) is dropped, read anew and goes on after its head',
  async (reason) => {
    const { world } = server;
    world.room();
    for (const text of ['one', 'two', 'three']) world.say(text);
    const client = await liveClient();
    const resyncs = record(client, 'resync');
    const { messages } = client.conversation(ROOM);
    messages.subscribe(() => {});
    await until(() => messages.items.length === 3);
    (await server.peer()).cut();
    const events = world.streams.get(ROOM)!;
    if (reason === 'epoch') server.epoch = id(901);
    if (reason === 'ahead') world.streams.set(ROOM, events.slice(0, 2));
    if (reason === 'retention') {
      for (const text of ['four', 'five']) world.say(text);
      world.first.set(ROOM, 6);
    }
    await reconnected(client);
    await until(() => resyncs.some(({ stream }) => stream === ROOM));
    expect(resyncs.find(({ stream }) => stream === ROOM)?.reason).toBe(reason);
    const left = world.messages().length;
    await until(() => messages.items.length === left && messages.get().loaded);
    await until(() => client.conversations.find(ROOM)?.me.unread === left);
    const seen = record(client, 'event');
    (await server.peer(2)).push(world.say('afterwards'));
    await until(() => messages.items.length === left + 1);
    expect(seen).toHaveLength(1);
  },
);

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
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
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

test('a conversation that I am invited to appears with its summary and its events', async () => {
  const client = await liveClient();
  const changes = record(client, 'conversation');
  const seen = record(client, 'event');
  server.world.room();
  server.world.say('welcome');
  const peer = await server.peer();
  peer.push(server.world.write(ME, 'membership.added', { conversation: ROOM, from: 1 }, LI));
  peer.push(...server.world.streams.get(ROOM)!);
  await until(() => client.conversations.items.length === 1 && seen.length === 3);
  expect(client.conversations.find(ROOM)).toEqual(server.world.conversation());
  expect(changes.at(-1)?.removed).toBe(false);
});

test('events of an invitation may come before the invitation itself', async () => {
  const client = await liveClient();
  server.world.room();
  const peer = await server.peer();
  peer.push(...server.world.streams.get(ROOM)!);
  peer.push(server.world.write(ME, 'membership.added', { conversation: ROOM, from: 1 }, LI));
  peer.push(server.world.say('x'));
  await until(() => client.conversations.find(ROOM)?.me.unread === 1);
});

test.each(['the conversation first', 'the inbox first'])(
  'a conversation that I am removed from is gone after its last event (%s)',
  async (order) => {
    server.world.room(ROOM, [ME, LI, id(3)]);
    const client = await liveClient();
    const changes = record(client, 'conversation');
    const peer = await server.peer();
    const last = server.world.write(ROOM, 'member.removed', { user: ME });
    const inbox = server.world.write(ME, 'membership.removed', {
      conversation: ROOM,
      upTo: last.seq,
    });
    if (order === 'the inbox first') peer.push(inbox, last);
    else peer.push(last, inbox);
    await until(() => client.conversations.items.length === 0);
    expect(changes.at(-1)).toMatchObject({ conversation: { id: ROOM }, removed: true });
  },
);

test('a conversation that somebody looks at is shown again after a new invitation', async () => {
  const { world } = server;
  world.room(ROOM, [ME, LI, id(3)]);
  world.say('before');
  const client = await liveClient();
  const peer = await server.peer();
  const { messages } = client.conversation(ROOM);
  messages.subscribe(() => {});
  await until(() => messages.items.length === 1);
  peer.push(world.write(ROOM, 'member.removed', { user: ME }));
  await until(() => messages.items.length === 0);
  const added = world.write(ROOM, 'member.added', { members: [{ user: ME, role: 'member' }] });
  peer.push(world.write(ME, 'membership.added', { conversation: ROOM, from: added.seq }));
  peer.push(added, world.say('after'));
  await until(() => messages.items.length === 2 && client.conversations.items.length === 1);
});

test('the last events come once, though the inbox makes the client pull them before they are pushed', async () => {
  const { world } = server;
  world.room(ROOM, [ME, LI, id(3)]);
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
  const late = [world.say('last'), world.write(ROOM, 'member.removed', { user: ME })];
  peer.push(world.write(ME, 'membership.removed', { conversation: ROOM, upTo: 3 }));
  await until(() => client.conversations.items.length === 0);
  peer.push(...late, world.write(ME, 'settings.changed', SETTINGS, ME));
  await until(() => seen.at(-1)?.kind === 'settings.changed');
  expect(seen.filter(({ stream }) => stream === ROOM).map(({ seq }) => seq)).toEqual([2, 3]);
});

test('out and in again between two looks: both memberships are read to their ends', async () => {
  const { world } = server;
  world.room(ROOM, [ME, LI, id(3)]);
  const client = await liveClient();
  const seen = record(client, 'event');
  const peer = await server.peer();
  world.say('before');
  world.write(ROOM, 'member.removed', { user: ME });
  const added = world.write(ROOM, 'member.added', { members: [{ user: ME, role: 'member' }] });
  const pushed = [added, world.say('after')];
  peer.push(world.write(ME, 'membership.removed', { conversation: ROOM, upTo: 3 }));
  peer.push(world.write(ME, 'membership.added', { conversation: ROOM, from: 4 }));
  peer.push(...pushed);
  await until(() => seen.at(-1)?.seq === 5);
  peer.push(world.say('live'));
  await until(() => seen.at(-1)?.seq === 6 && client.conversations.items.length === 1);
  expect(seen.filter(({ stream }) => stream === ROOM).map(({ seq }) => seq)).toEqual([
    2, 3, 4, 5, 6,
  ]);
});

test.each(['a look at all streams', 'the next connection', 'a later event'])(
  'what came between a snapshot and %s is not left out',
  async (teller) => {
    const { world } = server;
    world.room(ROOM, [ME, LI, id(3)]);
    const client = await liveClient();
    const seen = record(client, 'event');
    const peer = await server.peer();
    peer.push(world.write(ROOM, 'member.removed', { user: ME }));
    await until(() => client.conversations.items.length === 0);
    world.write(ROOM, 'member.added', { members: [{ user: ME, role: 'member' }] });
    client.conversation(ROOM).summary.subscribe(() => {});
    await until(() => client.conversations.items[0]?.head === 3);
    world.say('unseen');
    if (teller === 'a later event') peer.push(world.say('later'));
    else if (teller === 'a look at all streams') server.heartbeat(peer, { hash: 1 });
    else {
      peer.cut();
      await until(() => client.state.status === 'offline');
      await vi.advanceTimersByTimeAsync(client.state.retryInMs!);
    }
    const last = world.head(ROOM);
    await until(() => seen.at(-1)?.seq === last);
    expect(seen.map(({ seq }) => seq)).toEqual(
      Array.from({ length: last - 1 }, (_, i) => i + 2).filter((seq) => seq !== 3),
    );
  },
);

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

const SETTINGS = { conversation: ROOM, muted: true, pinned: true, archived: false };

test('own settings, drafts and read positions of another device arrive by the inbox', async () => {
  const { world } = server;
  world.room();
  for (const text of ['one', 'two']) world.say(text);
  const client = await liveClient();
  expect(client.conversations.unread).toBe(2);
  const peer = await server.peer();
  const settings = { conversation: ROOM, muted: true, pinned: true, archived: false };
  peer.push(world.write(ME, 'settings.changed', settings, ME));
  peer.push(
    world.write(ME, 'draft.changed', { conversation: ROOM, text: 'begun', replyTo: 2 }, ME),
  );
  const move = { conversation: ROOM, read: 2, unread: 1, mentions: 0 };
  peer.push(world.write(ME, 'position.moved', move, ME));
  await until(() => client.conversations.find(ROOM)?.me.read === 2);
  expect(client.conversations.find(ROOM)?.me).toMatchObject({
    muted: true,
    pinned: true,
    unread: 1,
    draft: { text: 'begun', replyTo: 2 },
  });
  expect(client.conversations.unread).toBe(0);
  expect(client.conversation(ROOM).draft?.text).toBe('begun');
  peer.push(world.write(ME, 'draft.changed', { conversation: ROOM, text: '' }, ME));
  await until(() => client.conversation(ROOM).draft === undefined);
});

test('a read position that comes before or after its messages leaves the same count', async () => {
  const { world } = server;
  world.room();
  const client = await liveClient();
  const peer = await server.peer();
  const first = world.say('one');
  const second = world.say('two');
  // The server counted both, the client has seen neither.
  const move = { conversation: ROOM, read: first.seq, unread: 1, mentions: 0 };
  peer.push(world.write(ME, 'position.moved', move, ME), first, second);
  await until(() => client.conversations.find(ROOM)?.head === second.seq);
  expect(client.conversations.find(ROOM)?.me).toMatchObject({ read: first.seq, unread: 1 });
});

test('another person behind the same token source starts with nothing of the first', async () => {
  server.world.room();
  const client = await liveClient();
  const peer = await server.peer();
  peer.cut();
  const other = server.welcome.bind(server);
  server.welcome = (next) => {
    const send = next.send.bind(next);
    next.send = (frame) =>
      send(frame.type === 'welcome' ? { ...frame, user: LI, session: id(801) } : frame);
    server.world.rooms.clear();
    server.world.streams.clear();
    other(next);
    next.send = send;
  };
  await reconnected(client);
  await live(client);
  expect(client.me?.user).toBe(LI);
  expect(client.conversations.items).toEqual([]);
});
