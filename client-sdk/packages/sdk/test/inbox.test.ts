import { expect, test } from 'vitest';
import { liveClient, ME, ROOM, server, until } from './kit/index.js';

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
