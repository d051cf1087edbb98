import { expect, test, vi } from 'vitest';
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

const SETTINGS = { conversation: ROOM, muted: true, pinned: true, archived: false };

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
  const { client, seen, peer } = await following();
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
  const { client, seen, peer } = await following();
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
    const { client, seen, peer } = await following();
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

test('a membership that is over before the inbox tells of it comes once', async () => {
  const { client, seen, peer } = await following();
  const { world } = server;
  world.room(ROOM, [LI, id(3), id(4)]);
  server.answer('conversation.get', (_, asking, request) => {
    asking.refuse(request, 'not_found');
    return undefined;
  });
  const added = world.write(ROOM, 'member.added', { members: [{ user: ME, role: 'member' }] });
  peer.push(added, world.say('short'), world.write(ROOM, 'member.removed', { user: ME }));
  peer.push(world.write(ME, 'membership.added', { conversation: ROOM, from: added.seq }));
  peer.push(world.write(ME, 'membership.removed', { conversation: ROOM, upTo: 4 }));
  await until(() => seen.at(-1)?.kind === 'membership.removed');
  await settle();
  expect(seen.filter(({ stream }) => stream === ROOM).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  expect(client.conversations.items).toEqual([]);
});
