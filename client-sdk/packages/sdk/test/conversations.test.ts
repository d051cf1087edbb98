import { expect, test, vi } from 'vitest';
import {
  id,
  LI,
  ME,
  liveClient,
  record,
  reconnected,
  ROOM,
  server,
  settle,
  until,
  WANG,
} from './kit/index.js';

async function room(messages = 0) {
  server.world.room(ROOM, [ME, LI, WANG]);
  for (let i = 1; i <= messages; i++) server.world.say(`${i}`);
  const client = await liveClient();
  return { client, handle: client.conversation(ROOM), peer: await server.peer() };
}

test('pinned conversations come first, then the latest activity', async () => {
  const rooms = [id(101), id(102), id(103)];
  for (const one of rooms) {
    server.world.room(one);
    server.world.say('x', LI, {}, one);
  }
  const client = await liveClient();
  const order = () => client.conversations.items.map((one) => rooms.indexOf(one.id));
  expect(order()).toEqual([2, 1, 0]);
  const peer = await server.peer();
  peer.push(server.world.say('y', LI, {}, rooms[0]));
  await until(() => order()[0] === 0);
  const settings = { conversation: rooms[1]!, muted: false, pinned: true, archived: false };
  peer.push(server.world.write(ME, 'settings.changed', settings, ME));
  await until(() => order()[0] === 1);
  expect(order()).toEqual([1, 0, 2]);
  const archive = { conversation: rooms[0]!, muted: false, pinned: false, archived: true };
  peer.push(server.world.write(ME, 'settings.changed', archive, ME));
  await until(() => client.conversations.items.length === 2);
});

test('the list comes page by page', async () => {
  for (let i = 1; i <= 3; i++) server.world.room(id(100 + i));
  const all = [1, 2, 3].map((i) => server.world.conversation(id(100 + i)));
  server.answer('conversation.list', ({ cursor }) =>
    cursor ? { items: all.slice(2) } : { items: all.slice(0, 2), next: 'page-2' },
  );
  const client = await liveClient();
  expect(client.conversations.items).toHaveLength(2);
  expect(client.conversations.hasMore).toBe(true);
  await client.conversations.loadMore();
  expect(client.conversations.items).toHaveLength(3);
  expect(client.conversations.hasMore).toBe(false);
});

test('a conversation beyond the loaded pages appears when something happens in it', async () => {
  server.world.room();
  server.answer('conversation.list', () => ({ items: [], next: 'page-2' }));
  const client = await liveClient();
  expect(client.conversations.items).toEqual([]);
  (await server.peer()).push(server.world.say('hello'));
  await until(() => client.conversations.find(ROOM)?.me.unread === 1);
});

test('a conversation is created and is in the list at once', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  const creating = client.conversations.create({
    kind: 'group',
    name: '产品发布',
    members: [LI, WANG],
  });
  const request = await peer.asked('conversation.create');
  expect(request.params).toMatchObject({ kind: 'group', name: '产品发布', members: [LI, WANG] });
  server.world.room(ROOM, [ME, LI, WANG]);
  peer.reply(request, server.world.conversation());
  expect((await creating).id).toBe(ROOM);
  expect(client.conversations.find(ROOM)?.name).toBe('产品发布');
});

test('names, announcement and members follow their events', async () => {
  const { client, peer } = await room();
  peer.push(
    server.world.write(ROOM, 'conversation.updated', { name: '新名', announcement: '周五发布' }),
    server.world.write(ROOM, 'member.added', { members: [{ user: id(9), role: 'member' }] }),
    server.world.write(ROOM, 'member.updated', { user: ME, role: 'admin' }),
    server.world.write(ROOM, 'member.removed', { user: WANG }),
  );
  await until(() => client.conversations.find(ROOM)?.head === 5);
  expect(client.conversations.find(ROOM)).toMatchObject({
    name: '新名',
    announcement: '周五发布',
    memberCount: 3,
    me: { role: 'admin' },
  });
});

test('mentions of me and of all are counted, my own messages are not unread', async () => {
  const { client, peer } = await room();
  peer.push(
    server.world.say('a', LI, { mentions: { users: [ME] } }),
    server.world.say('b', LI, { mentions: { all: true } }),
    server.world.say('c', LI, { mentions: { users: [WANG] } }),
    server.world.say('d', ME),
  );
  await until(() => client.conversations.find(ROOM)?.head === 5);
  expect(client.conversations.find(ROOM)?.me).toMatchObject({ unread: 3, mentions: 2 });
});

test('reading is shown at once, told once for many calls, and never goes back', async () => {
  const { client, handle, peer } = await room(5);
  handle.markRead(3);
  handle.markRead(4);
  handle.markRead();
  handle.markRead(2);
  expect(client.conversations.find(ROOM)?.me).toMatchObject({ read: 6, unread: 0 });
  await vi.advanceTimersByTimeAsync(150);
  await until(() => peer.requests('position.update').length === 1);
  const [move] = (peer.requests('position.update')[0]!.params as any).positions;
  expect(move).toMatchObject({ conversation: ROOM, read: 6 });
  await vi.advanceTimersByTimeAsync(5_000);
  await settle();
  expect(peer.requests('position.update')).toHaveLength(1);
});

test('what has arrived is reported once a second at most', async () => {
  const { client, peer } = await room();
  for (let i = 1; i <= 5; i++) peer.push(server.world.say(`${i}`));
  await settle();
  await vi.advanceTimersByTimeAsync(999);
  expect(peer.requests('position.update')).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await until(() => peer.requests('position.update').length === 1);
  expect(peer.requests('position.update')[0]!.params).toEqual({
    positions: [{ conversation: ROOM, delivered: 6 }],
  });
  await settle();
  expect(client.conversations.find(ROOM)?.me).toMatchObject({ read: 0, unread: 5 });
});

test('a position that could not be told is told over the next connection', async () => {
  const { client, handle, peer } = await room(3);
  peer.cut();
  await until(() => client.state.status === 'offline');
  handle.markRead();
  await reconnected(client);
  await vi.advanceTimersByTimeAsync(150);
  const next = await server.peer(2);
  await until(() => next.requests('position.update').length === 1);
  expect((next.requests('position.update')[0]!.params as any).positions[0].read).toBe(4);
});

test('one conversation that is gone does not keep the others from being told', async () => {
  server.world.room(id(101));
  server.world.say('x', LI, {}, id(101));
  const { client, handle, peer } = await room(1);
  server.hold('position.update');
  handle.markRead();
  client.conversation(id(101)).markRead();
  await vi.advanceTimersByTimeAsync(150);
  peer.refuse(await peer.asked('position.update'), 'not_found');
  const one = await peer.asked('position.update');
  expect((one.params as any).positions).toHaveLength(1);
  peer.refuse(one, 'not_found');
  const two = await peer.asked('position.update');
  expect((two.params as any).positions).toHaveLength(1);
  expect(two.params).not.toEqual(one.params);
});

test('the others learn that I am typing at most each three seconds', async () => {
  const { handle, peer } = await room();
  for (let i = 0; i < 10; i++) handle.typing();
  await until(() => peer.requests('typing.start').length === 1);
  await vi.advanceTimersByTimeAsync(2_999);
  handle.typing();
  await settle();
  expect(peer.requests('typing.start')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  handle.typing();
  await until(() => peer.requests('typing.start').length === 2);
});

test('somebody who types is shown for six seconds, or until the message', async () => {
  const { client, handle, peer } = await room();
  const told = record(client, 'typing');
  const signal = (user: string) =>
    peer.send({ type: 'signals', signals: [{ kind: 'typing', conversation: ROOM, user }] });
  signal(LI);
  signal(WANG);
  signal(ME);
  await until(() => handle.typingUsers.get().length === 2);
  expect(told).toHaveLength(2);
  peer.push(server.world.say('done'));
  await until(() => handle.typingUsers.get().length === 1);
  expect(handle.typingUsers.get()).toEqual([WANG]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(handle.typingUsers.get()).toEqual([]);
});

test('positions of the others are loaded when wanted, moved by signals and read anew after a cut', async () => {
  const { client, handle, peer } = await room(3);
  server.world.positions.set(ROOM, [
    { user: ME, read: 4, delivered: 4 },
    { user: LI, read: 2, delivered: 3 },
  ]);
  expect(peer.requests('position.list')).toEqual([]);
  handle.positions.subscribe(() => {});
  await until(() => handle.positions.get().get(LI)?.read === 2);
  expect(handle.positions.get().has(ME)).toBe(false);
  const position = { kind: 'position' as const, conversation: ROOM, user: LI };
  peer.send({ type: 'signals', signals: [{ ...position, read: 4, delivered: 4 }] });
  await until(() => handle.positions.get().get(LI)?.read === 4);
  peer.send({ type: 'signals', signals: [{ ...position, read: 1, delivered: 1 }] });
  await settle();
  expect(handle.positions.get().get(LI)?.read).toBe(4);
  server.world.positions.set(ROOM, [{ user: WANG, read: 4, delivered: 4 }]);
  peer.cut();
  await reconnected(client);
  await until(() => handle.positions.get().get(WANG)?.read === 4);
});

test('in groups a message of mine counts who has got and read it', async () => {
  const { handle, peer } = await room();
  server.storeMessages();
  handle.messages.subscribe(() => {});
  const { seq } = await handle.send('hello').stored;
  await until(() => handle.messages.items[0]?.receipts);
  expect(handle.messages.items[0]).toMatchObject({
    status: 'stored',
    receipts: { delivered: 0, read: 0, total: 2 },
  });
  const position = { kind: 'position' as const, conversation: ROOM };
  const both = [
    { ...position, user: LI, read: seq, delivered: seq },
    { ...position, user: WANG, read: 0, delivered: seq },
  ];
  peer.send({ type: 'signals', signals: both });
  await until(() => handle.messages.items[0]?.status === 'read');
  expect(handle.messages.items[0]!.receipts).toEqual({ delivered: 2, read: 1, total: 2 });
});

test('a draft is kept here at once and on the server after a pause', async () => {
  const { handle, peer } = await room();
  handle.setDraft('h');
  handle.setDraft('he', 1);
  expect(handle.draft).toMatchObject({ text: 'he', replyTo: 1 });
  await vi.advanceTimersByTimeAsync(999);
  expect(peer.open).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  const request = await peer.asked('draft.set');
  expect(request.params).toEqual({ conversation: ROOM, text: 'he', replyTo: 1 });
  peer.reply(request, { stream: ME, seq: 1, at: '2026-01-01T00:00:00Z' });
  handle.setDraft('');
  expect(handle.draft).toBeUndefined();
});

test('every action asks for its operation with the parameters of the contract', async () => {
  const { handle, peer } = await room(1);
  const written = { stream: ROOM, seq: 3, at: '2026-01-01T00:00:00Z' };
  const actions: [() => Promise<unknown>, string, object, object?][] = [
    [
      () => handle.edit(2, 'new', { users: [LI] }),
      'message.edit',
      { seq: 2, text: 'new', mentions: { users: [LI] } },
    ],
    [() => handle.recall(2), 'message.recall', { seq: 2 }],
    [() => handle.react(2, '👍'), 'message.react', { seq: 2, emoji: '👍' }],
    [() => handle.unreact(2, '👍'), 'message.unreact', { seq: 2, emoji: '👍' }],
    [
      () => handle.pin(2, '2026-02-01T00:00:00Z'),
      'message.pin',
      { seq: 2, until: '2026-02-01T00:00:00Z' },
    ],
    [() => handle.unpin(2), 'message.unpin', { seq: 2 }],
    [() => handle.pins(), 'pin.list', {}, { items: [] }],
    [() => handle.members('next'), 'member.list', { cursor: 'next' }, { items: [] }],
    [
      () => handle.receipts(2),
      'message.receipts',
      { seq: 2 },
      { items: [], readCount: 0, deliveredCount: 0, total: 2 },
    ],
    [() => handle.invite([id(9)]), 'member.add', { users: [id(9)] }],
    [() => handle.remove(LI), 'member.remove', { user: LI }],
    [() => handle.setRole(LI, 'admin'), 'member.update', { user: LI, role: 'admin' }],
    [() => handle.rename('新名'), 'conversation.update', { name: '新名' }],
    [() => handle.announce(''), 'conversation.update', { announcement: '' }],
    [() => handle.mute(true), 'conversation.settings', { muted: true }],
    [() => handle.pinToTop(false), 'conversation.settings', { pinned: false }],
    [() => handle.archive(true), 'conversation.settings', { archived: true }],
    [() => handle.leave(), 'conversation.leave', {}],
  ];
  for (const [act, op, params, result = written] of actions) {
    const acting = act();
    const request = await peer.asked(op);
    expect(request.params).toEqual({ conversation: ROOM, ...params });
    peer.reply(request, result);
    await acting;
  }
  const forwarding = handle.forward([2], id(101), true);
  const request = await peer.asked('message.forward');
  expect(request.params).toMatchObject({ from: ROOM, seqs: [2], to: id(101), merge: true });
  peer.reply(request, { conversation: id(101), seqs: [1] });
  expect((await forwarding).seqs).toEqual([1]);
});

test('new messages are told once each, mine and those of others', async () => {
  const { client, handle, peer } = await room();
  const told = record(client, 'message');
  server.storeMessages();
  peer.push(server.world.say('theirs'));
  await handle.send('mine').stored;
  await until(() => told.length === 2);
  expect(told.map(({ mine }) => mine)).toEqual([false, true]);
});

test('people are fetched once, known from then on, and found by name', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  let changes = 0;
  client.users.subscribe(() => changes++);
  expect(client.users.get(LI)).toBeUndefined();
  expect(client.users.get(LI)).toBeUndefined();
  await until(() => changes === 1);
  expect(client.users.get(LI)?.displayName).toBe('李娜');
  expect(await client.users.fetch(LI)).toBe(client.users.get(LI));
  expect(peer.requests('user.get')).toHaveLength(1);
  const searching = client.users.search('王');
  const request = await peer.asked('user.list');
  expect(request.params).toEqual({ query: '王' });
  const wang = { id: WANG, username: 'wang', displayName: '王芳', kind: 'member', avatar: '/a' };
  peer.reply(request, { items: [wang] });
  expect((await searching).items).toHaveLength(1);
  expect(client.users.get(WANG)?.displayName).toBe('王芳');
});

test('somebody who does not exist is asked for once', async () => {
  server.hold('user.get');
  const client = await liveClient();
  const peer = await server.peer();
  const fetching = client.users.fetch(LI);
  peer.refuse(await peer.asked('user.get'), 'not_found');
  await expect(fetching).rejects.toMatchObject({ code: 'not_found' });
  client.users.get(LI);
  await settle();
  expect(peer.requests('user.get')).toHaveLength(1);
});

test('a message that is recalled unread is unread no more, and an edit may mention me', async () => {
  const { client, peer } = await room();
  const own = () => client.conversations.find(ROOM)?.me;
  peer.push(server.world.say('one', LI, { mentions: { users: [ME] } }), server.world.say('two'));
  await until(() => own()?.unread === 2 && own()?.mentions === 1);
  peer.push(server.world.write(ROOM, 'message.recalled', { message: 2 }));
  await until(() => own()?.unread === 1 && own()?.mentions === 0);
  const edit = { message: 3, text: 'new', mentions: { all: true } };
  peer.push(server.world.write(ROOM, 'message.edited', edit));
  await until(() => own()?.mentions === 1);
  expect(client.conversations.find(ROOM)).toEqual(server.world.conversation());
  expect(peer.requests('conversation.get')).toEqual([]);
});

test('an unread message from before my time that is recalled makes the client ask for the counts', async () => {
  const { client, peer } = await room(3);
  expect(client.conversations.find(ROOM)?.me.unread).toBe(3);
  peer.push(server.world.write(ROOM, 'message.recalled', { message: 2 }));
  await until(() => client.conversations.find(ROOM)?.me.unread === 2);
  expect(peer.requests('conversation.get')).toHaveLength(1);
});
