import type { Case } from '../run/case.js';
import { check, range, same, sameSet } from '../run/check.js';
import { say, uuid, words } from '../run/stage.js';
import type { Conversation, MessagePage, Written } from '../wire/types.js';
import { all, history, pair, pull, seqs, textOf } from './scene.js';

export const members: readonly Case[] = [
  {
    id: 'C-MEMBER-01',
    promise: 'who joins gets the events from `from` on, on the same connection, and nothing before',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const [li] = await stage.people('li');
      const client = await stage.connect(li!);
      await say(weis, group, 'before Li');
      const { seq } = await weis.ask<Written>('member.add', {
        conversation: group,
        users: [li!.id],
      });
      const added = await client.eventOf(li!.id, 'membership.added');
      same(added.data, { conversation: group, from: seq }, 'the inbox event');
      const later = await say(weis, group, 'after Li');
      await client.event(group, later);
      same(client.seqs(group), range(seq, later), 'events that were pushed');
      same(
        seqs((await pull(client, group, 0)).events),
        range(seq, later),
        'events that were pulled',
      );
      same((await history(client, group)).map(textOf), ['after Li'], 'the history');
      const conversation = await client.ask<Conversation>('conversation.get', {
        conversation: group,
      });
      same(conversation.me.from, seq, 'me.from');
    },
  },
  {
    id: 'C-MEMBER-02',
    promise: 'the own member.removed is the last event; the inbox tells up to where',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      await say(weis, group, 'for both');
      const { seq } = await weis.ask<Written>('member.remove', {
        conversation: group,
        user: na.id,
      });
      const removed = await nas.eventOf(na.id, 'membership.removed');
      same(removed.data, { conversation: group, upTo: seq }, 'the inbox event');
      await nas.event(group, seq);
      const later = await say(weis, group, 'without Na');
      await weis.event(group, later);
      const other = await stage.group(na);
      await nas.event(other, 1);
      same(nas.seqs(group).at(-1), seq, 'the last event for Na');
    },
  },
  {
    id: 'C-MEMBER-03',
    promise: 'a removed member can read nothing that came later, and asks in vain',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const shared = await say(weis, group, 'for both');
      await weis.ask('member.remove', { conversation: group, user: na.id });
      const hidden = await say(weis, group, 'without Na');
      const at = (seq: number) => ({ conversation: group, seq });
      const asked: [string, Record<string, unknown>][] = [
        ['message.send', words(group, 'hello?')],
        ['message.get', at(hidden)],
        ['message.edit', { ...at(shared), text: 'x' }],
        ['message.react', { ...at(shared), emoji: '👍' }],
        ['message.history', { conversation: group }],
        ['conversation.get', { conversation: group }],
        ['member.list', { conversation: group }],
        ['member.add', { conversation: group, users: [wei.id] }],
        ['position.list', { conversation: group }],
        ['typing.start', { conversation: group }],
        ['draft.set', { conversation: group, text: 'x' }],
      ];
      for (const [op, params] of asked)
        same((await nas.refusal(op, params)).code, 'not_found', `code of ${op}`);
      const reply = await nas.start('stream.events', { stream: group, after: 0 });
      check(!JSON.stringify(reply).includes('without Na'), 'stream.events has a later message');
    },
  },
  {
    id: 'C-MEMBER-04',
    promise: 'after a removal the stream is not listed any more, and an old cursor opens nothing',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const { epoch } = weis.welcome;
      await weis.ask('member.remove', { conversation: group, user: na.id });
      await nas.eventOf(na.id, 'membership.removed');
      await say(weis, group, 'without Na');
      const client = await stage.connect(na, { epoch, cursors: { [group]: 1, [na.id]: 1 } });
      same([...client.streams.keys()], [na.id], 'streams');
      await client.eventOf(na.id, 'membership.removed');
      same(client.seqs(group), [], 'events of the group');
    },
  },
  {
    id: 'C-MEMBER-05',
    promise: 'who comes back reads both memberships and nothing of what was between them',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      await say(weis, group, 'first time');
      const removed = await weis.ask<Written>('member.remove', {
        conversation: group,
        user: na.id,
      });
      await say(weis, group, 'between');
      await say(weis, group, 'between, too');
      const back = await weis.ask<Written>('member.add', { conversation: group, users: [na.id] });
      const later = await say(weis, group, 'second time');
      await nas.event(group, later);
      const visible = [...range(1, removed.seq), ...range(back.seq, later)];
      same(seqs((await pull(nas, group, 0)).events), visible, 'events that were pulled');
      same(nas.seqs(group), visible.slice(1), 'events that were pushed');
      same((await history(nas, group)).map(textOf), ['first time', 'second time'], 'the history');
      const { me } = await nas.ask<Conversation>('conversation.get', { conversation: group });
      same(me.from, back.seq, 'me.from');
    },
  },
  {
    id: 'C-MEMBER-06',
    promise: 'who resumes over a removal and a return gets exactly what is theirs',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const { epoch } = nas.welcome;
      nas.close();
      await nas.closed();
      await say(weis, group, 'first time');
      const removed = await weis.ask<Written>('member.remove', {
        conversation: group,
        user: na.id,
      });
      await say(weis, group, 'between');
      const back = await weis.ask<Written>('member.add', { conversation: group, users: [na.id] });
      const last = await say(weis, group, 'second time');
      const client = await stage.connect(na, { epoch, cursors: { [group]: 1, [na.id]: 1 } });
      await client.event(group, last);
      const pulled = seqs((await pull(client, group, 1)).events);
      same(pulled, [...range(2, removed.seq), ...range(back.seq, last)], 'events that were pulled');
      check(
        client.seqs(group).every((seq) => pulled.includes(seq)),
        'an event of between was pushed',
      );
      const between = JSON.stringify(client.frames).includes('between');
      check(!between, 'words of between are in a frame');
    },
  },
  {
    id: 'C-MEMBER-07',
    promise: 'leaving ends as a removal does',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const { seq } = await nas.ask<Written>('conversation.leave', { conversation: group });
      same((await nas.event(group, seq)).data['user'], na.id, 'user of member.removed');
      await nas.eventOf(na.id, 'membership.removed');
      await say(weis, group, 'without Na');
      same(
        (await nas.refusal('conversation.get', { conversation: group })).code,
        'not_found',
        'code',
      );
      const left = await all<{ user: { id: string } }>(weis, 'member.list', {
        conversation: group,
      });
      check(!left.some(({ user }) => user.id === na.id), 'Na is still in the list');
    },
  },
  {
    id: 'C-MEMBER-08',
    promise: 'members invite and remove nobody; only the owner gives roles',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const [li] = await stage.people('li');
      const code = async (op: string, more: Record<string, unknown>) =>
        (await nas.refusal(op, { conversation: group, ...more })).code;
      same(await code('member.add', { users: [li!.id] }), 'forbidden', 'to invite');
      same(await code('member.remove', { user: wei.id }), 'forbidden', 'to remove');
      same(
        await code('member.update', { user: na.id, role: 'owner' }),
        'forbidden',
        'to give a role',
      );
      same(await code('conversation.update', { name: 'mine' }), 'forbidden', 'to rename');
      same((await pull(weis, group, 0)).head, 1, 'head');
    },
  },
  {
    id: 'C-MEMBER-09',
    promise: 'handing a group over gives two member.updated events',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      await weis.ask('member.update', { conversation: group, user: na.id, role: 'owner' });
      await nas.event(group, 3);
      const events = nas.events(group);
      same(
        events.map((event) => event.kind),
        ['member.updated', 'member.updated'],
        'kinds',
      );
      const roles = events.map((event) => event.data);
      sameSet(
        roles,
        [
          { user: na.id, role: 'owner' },
          { user: wei.id, role: 'admin' },
        ],
        'roles',
      );
    },
  },
  {
    id: 'C-MEMBER-10',
    promise: 'what does not exist and what is not for me are refused alike',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const seq = await say(weis, group, 'private');
      const [li] = await stage.people('li');
      const client = await stage.connect(li!);
      const asked: [string, (conversation: string) => Record<string, unknown>][] = [
        ['conversation.get', (conversation) => ({ conversation })],
        ['message.get', (conversation) => ({ conversation, seq })],
        ['message.history', (conversation) => ({ conversation })],
        ['message.send', (conversation) => words(conversation, 'let me in')],
        ['member.list', (conversation) => ({ conversation })],
        ['message.receipts', (conversation) => ({ conversation, seq })],
        ['pin.list', (conversation) => ({ conversation })],
        ['conversation.settings', (conversation) => ({ conversation, muted: true })],
      ];
      for (const [op, params] of asked) {
        const foreign = await client.refusal(op, params(group));
        same(foreign.code, 'not_found', `code of ${op}`);
        same(await client.refusal(op, params(uuid())), foreign, `${op} for none`);
      }
      const page = await weis.ask<MessagePage>('message.history', { conversation: group });
      same(page.head, seq, 'head');
    },
  },
];
