import type { Case } from '../run/case.js';
import { check, same } from '../run/check.js';
import { say, type Stage } from '../run/stage.js';
import type { Message, MessagePage, Page, Written } from '../wire/types.js';
import { history, pair, seqs, textOf } from './scene.js';

export const changes: readonly Case[] = [
  {
    id: 'C-CHANGE-01',
    promise: 'an edit is an event about the message, and the history has the new text',
    async run(stage) {
      const { wei, group, weis, nas } = await pair(stage);
      const seq = await say(weis, group, 'three o’clock');
      const edit = { conversation: group, seq, text: 'four o’clock' };
      const done = await weis.ask<Written>('message.edit', edit);
      const event = await nas.event(group, done.seq);
      same([event.kind, event.by, event.at], ['message.edited', wei.id, done.at], 'the event');
      same(event.data, { message: seq, text: edit.text }, 'data');
      const [message] = await history(nas, group);
      same(
        [message!.seq, textOf(message), message!.editedAt],
        [seq, edit.text, done.at],
        'message',
      );
    },
  },
  {
    id: 'C-CHANGE-02',
    promise: 'a recall takes body, mentions, reactions and pin away',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const seq = await say(weis, group, 'a slip', { mentions: { users: [na.id] } });
      const at = { conversation: group, seq };
      await nas.ask('message.react', { ...at, emoji: '👍' });
      await weis.ask('message.pin', at);
      const done = await weis.ask<Written>('message.recall', at);
      same((await nas.event(group, done.seq)).data, { message: seq }, 'data');
      const message = await nas.ask<Message>('message.get', at);
      for (const field of ['body', 'mentions', 'pin'] as const)
        check(message[field] === undefined, `a recalled message has ${field}`);
      same(message.reactions ?? [], [], 'reactions');
      same([message.sender, message.recalledAt], [wei.id, done.at], 'sender and time');
    },
  },
  {
    id: 'C-CHANGE-03',
    promise: 'what was recalled is not changed any more',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const seq = await say(weis, group, 'a slip');
      const at = { conversation: group, seq };
      await weis.ask('message.recall', at);
      same(
        (await weis.refusal('message.edit', { ...at, text: 'x' })).code,
        'message_recalled',
        'edit',
      );
      const react = await weis.refusal('message.react', { ...at, emoji: '👍' });
      same(react.code, 'message_recalled', 'react');
    },
  },
  {
    id: 'C-CHANGE-04',
    promise: 'only senders edit; senders, owner and admins recall',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const owners = { conversation: group, seq: await say(weis, group, 'from the owner') };
      const members = { conversation: group, seq: await say(nas, group, 'from a member') };
      same((await nas.refusal('message.edit', { ...owners, text: 'x' })).code, 'forbidden', 'edit');
      same((await nas.refusal('message.recall', owners)).code, 'forbidden', 'recall');
      same(
        (await weis.refusal('message.edit', { ...members, text: 'x' })).code,
        'forbidden',
        'edit',
      );
      await weis.ask('message.recall', members);
    },
  },
  {
    id: 'C-CHANGE-05',
    promise: 'reactions are added and removed by emoji and person',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const seq = await say(weis, group, 'lunch?');
      const at = { conversation: group, seq };
      await weis.ask('message.react', { ...at, emoji: '👍' });
      await nas.ask('message.react', { ...at, emoji: '👍' });
      await nas.ask('message.react', { ...at, emoji: '🎉' });
      const done = await nas.ask<Written>('message.unreact', { ...at, emoji: '🎉' });
      const event = await weis.event(group, done.seq);
      same([event.kind, event.by], ['message.unreacted', na.id], 'the event');
      same(event.data, { message: seq, emoji: '🎉' }, 'data');
      const message = await weis.ask<Message>('message.get', at);
      same(message.reactions, [{ emoji: '👍', count: 2, users: [wei.id, na.id] }], 'reactions');
    },
  },
  {
    id: 'C-CHANGE-06',
    promise: 'pins are listed, the latest first, until they are taken off',
    async run(stage) {
      const { wei, group, weis, nas } = await pair(stage);
      const first = await say(weis, group, 'one');
      const second = await say(weis, group, 'two');
      for (const seq of [first, second])
        await weis.ask('message.pin', { conversation: group, seq });
      const listed = async () =>
        (await nas.ask<Page<Message>>('pin.list', { conversation: group })).items;
      same(seqs(await listed()), [second, first], 'pins');
      same((await listed())[0]!.pin!.by, wei.id, 'who pinned');
      const done = await weis.ask<Written>('message.unpin', { conversation: group, seq: second });
      same(
        (await nas.event(group, done.seq)).data,
        { message: second },
        'data of message.unpinned',
      );
      same(seqs(await listed()), [first], 'pins left');
    },
  },
  {
    id: 'C-CHANGE-07',
    promise: 'a pin with `until` ends by itself then, with an event',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const seq = await say(weis, group, 'for a moment');
      // The server's clock counts, not that of this machine.
      const until = new Date(Date.parse(await now(stage)) + 2_000).toISOString();
      const done = await weis.ask<Written>('message.pin', { conversation: group, seq, until });
      same((await nas.event(group, done.seq)).data, { message: seq, until }, 'data');
      const ended = await nas.eventOf(group, 'message.unpinned');
      same(ended.data, { message: seq, reason: 'expired' }, 'data of message.unpinned');
      const pins = await nas.ask<Page<Message>>('pin.list', { conversation: group });
      same(pins.items, [], 'pins afterwards');
      check(Date.parse(await now(stage)) >= Date.parse(until), 'the pin ended too early');
    },
  },
  {
    id: 'C-CHANGE-08',
    promise: 'messages of a thread stand in the thread, not in the main list; the root counts them',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const root = await say(weis, group, 'the root');
      const one = await say(nas, group, 'one', { thread: root });
      const two = await say(weis, group, 'two', { thread: root });
      same((await nas.event(group, two)).data['thread'], root, 'thread of the event');
      const messages = await history(nas, group);
      same(seqs(messages), [root], 'the main list');
      same([messages[0]!.replies, messages[0]!.lastReplySeq], [2, two], 'replies of the root');
      const thread = await nas.ask<MessagePage>('message.thread', {
        conversation: group,
        seq: root,
      });
      same(seqs(thread.items), [one, two], 'the thread');
    },
  },
  {
    id: 'C-CHANGE-09',
    promise: 'conversation.updated has the fields that changed',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const renamed = await weis.ask<Written>('conversation.update', {
        conversation: group,
        name: '月会',
      });
      same((await nas.event(group, renamed.seq)).data, { name: '月会' }, 'data');
      const params = { conversation: group, announcement: 'at three' };
      const told = await weis.ask<Written>('conversation.update', params);
      same((await nas.event(group, told.seq)).data, { announcement: 'at three' }, 'data');
    },
  },
  {
    id: 'C-CHANGE-10',
    promise: 'history pages are oldest first, by before, after, around and at',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const sent: number[] = [];
      for (let i = 0; i < 9; i++) sent.push(await say(weis, group, `message ${i}`));
      const page = async (params: Record<string, unknown>) => {
        const got = await weis.ask<MessagePage>('message.history', {
          conversation: group,
          limit: 3,
          ...params,
        });
        return [seqs(got.items), got.hasBefore, got.hasAfter, got.head];
      };
      const head = sent.at(-1)!;
      same(await page({}), [sent.slice(6), true, false, head], 'the newest');
      same(await page({ before: sent[3] }), [sent.slice(0, 3), false, true, head], 'before');
      same(await page({ after: sent[3] }), [sent.slice(4, 7), true, true, head], 'after');
      const [around] = (await page({ around: sent[4] })) as [number[]];
      check(around.includes(sent[4]!) && around.length === 3, `around gives ${around.join(' ')}`);
      const { at } = await weis.ask<Message>('message.get', { conversation: group, seq: sent[5]! });
      const [from] = (await page({ at })) as [number[]];
      const first = await weis.ask<Message>('message.get', { conversation: group, seq: from[0]! });
      check(first.at >= at && from[0]! <= sent[5]!, `at ${at} begins with ${first.at}`);
      const two = { conversation: group, before: 5, after: 2 };
      check(!(await weis.refusal('message.history', two)).retryable, 'two of them at once');
    },
  },
];

/** The server's time. */
async function now(stage: Stage): Promise<string> {
  const [somebody] = await stage.people('clock');
  const client = await stage.connect(somebody!);
  const { serverTime } = client.welcome;
  client.close();
  return serverTime;
}
