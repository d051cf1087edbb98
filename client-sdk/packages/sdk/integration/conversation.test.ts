import { expect, test } from 'vitest';
import { expectFresh, live, open, person, until } from './kit.js';

async function two(name: string) {
  const zhang = await person('zhang.wei');
  const li = await person('li.na');
  const { id } = await zhang.client.conversations.create({
    kind: 'group',
    name,
    members: [li.id],
  });
  return {
    zhang,
    li,
    zhangs: await open(zhang.client, id),
    lis: await open(li.client, id),
  };
}

test('a message is stored, delivered and read; edits, reactions, pins, threads and recalls follow', async () => {
  const { zhang, li, zhangs, lis } = await two('全部功能');
  const { seq } = await zhangs.send('你好').stored;
  const sent = () => zhangs.messages.items.find((one) => one.seq === seq)!;
  const got = () => lis.messages.items.find((one) => one.seq === seq);
  await until(() => got());
  await until(() => sent().status === 'delivered');
  lis.markRead();
  await until(() => sent().status === 'read');
  lis.typing();
  await until(() => zhangs.typingUsers.get().includes(li.id));
  await lis.react(seq, '👍');
  await until(() => sent().reactions?.[0]?.count === 1);
  await zhangs.edit(seq, '你好，李娜');
  await until(() => got()?.editedAt);
  await zhangs.pin(seq);
  await until(() => got()?.pin);
  expect((await lis.pins()).items).toHaveLength(1);
  const thread = zhangs.thread(seq);
  await thread.load();
  await lis.send({ text: 'in the thread', thread: seq }).stored;
  await until(() => thread.items.length === 1 && sent().replies === 1);
  const again = await lis.send({ text: 'sorry', replyTo: seq, mentions: { users: [zhang.id] } })
    .stored;
  await until(() => zhangs.state?.me.unread === 1 && zhangs.state.me.mentions === 1);
  await lis.recall(again.seq);
  await until(() => zhangs.state?.me.unread === 0 && zhangs.state.me.mentions === 0);
  await expectFresh(zhang.client, zhangs);
  await expectFresh(li.client, lis);
});

test('what was written offline is stored in order, what was missed is caught up by pulling', async () => {
  const { zhang, li, zhangs, lis } = await two('离线');
  zhang.cut();
  await until(() => zhang.client.state.status === 'offline');
  const mine = ['one', 'two', 'three'].map((text) => zhangs.send(text));
  for (let i = 0; i < 130; i++) await lis.send(`while away ${i}`).stored;
  const numbers = (await Promise.all(mine.map(({ stored }) => stored))).map(({ seq }) => seq);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  await live(zhang.client);
  await expectFresh(zhang.client, zhangs);
  await expectFresh(li.client, lis);
});

test('who is removed loses the conversation, who is invited again has it back', async () => {
  const { zhang, li, zhangs } = await two('成员');
  await zhangs.remove(li.id);
  await until(() => !li.client.conversations.find(zhangs.id));
  await zhangs.send('not for you').stored;
  await zhangs.invite([li.id]);
  const again = await open(li.client, zhangs.id);
  await zhangs.send('welcome back').stored;
  await until(() => again.state?.me.unread === 1);
  const shown = again.messages.items.map(({ body }) => (body?.type === 'text' ? body.text : ''));
  expect(shown).toEqual(['welcome back']);
  await expectFresh(zhang.client, zhangs);
  await expectFresh(li.client, again);
});

test('own settings and drafts reach my other devices', async () => {
  const { zhang, zhangs } = await two('设备');
  const phone = await person('zhang.wei');
  const there = await open(phone.client, zhangs.id);
  await zhangs.pinToTop(true);
  zhangs.setDraft('begun here');
  await until(() => there.state?.me.pinned && there.draft?.text === 'begun here');
  expect(phone.client.conversations.items[0]?.id).toBe(zhangs.id);
  await zhangs.pinToTop(false);
  await zhangs.leave().catch(() => {});
  expect(phone.id).toBe(zhang.id);
});

test('a revoked session ends with the reason login', async () => {
  const { client } = await person('wang.fang');
  await client.request('session.revoke', { session: 'current' }).catch(() => {});
  await until(() => client.state.status === 'closed');
  expect(client.state.reason).toBe('login');
});
