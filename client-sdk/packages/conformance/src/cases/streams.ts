import type { Case } from '../run/case.js';
import { check, range, same, sameSet } from '../run/check.js';
import { say, uuid } from '../run/stage.js';
import type { Conversation, StreamEvents } from '../wire/types.js';
import { all, pair, pull, seqs } from './scene.js';

export const streams: readonly Case[] = [
  {
    id: 'C-STREAM-01',
    promise: 'events of a stream are numbered 1, 2, 3 … without holes',
    async run(stage) {
      const { group, weis } = await pair(stage);
      for (let i = 0; i < 5; i++) await say(weis, group, `message ${i}`);
      const { events, head } = await pull(weis, group, 0);
      same(seqs(events), range(1, head), 'numbers');
      same(head, 6, 'head');
    },
  },
  {
    id: 'C-STREAM-02',
    promise: 'everybody gets the events of a stream in the same order, whoever writes at once',
    async run(stage) {
      const people = await stage.people('wei', 'na', 'li', 'fang');
      const group = await stage.group(people[0]!, ...people.slice(1));
      const clients = await Promise.all(people.map((person) => stage.connect(person)));
      const sent = await Promise.all(
        clients.flatMap((client, i) => range(1, 10).map((n) => say(client, group, `${i}: ${n}`))),
      );
      const head = Math.max(...sent);
      same(
        [...sent].sort((a, b) => a - b),
        range(2, 41),
        'numbers of the replies',
      );
      await Promise.all(clients.map((client) => client.event(group, head)));
      for (const client of clients) same(client.events(group), clients[0]!.events(group), 'events');
    },
  },
  {
    id: 'C-STREAM-03',
    promise: 'pages of stream.events, one after another until upTo is head, hold each event once',
    async run(stage) {
      const { group, weis } = await pair(stage);
      for (let i = 0; i < 12; i++) await say(weis, group, `message ${i}`);
      for (const limit of [1, 5, 200]) {
        const { events, pages } = await pull(weis, group, 0, limit);
        same(seqs(events), range(1, 13), `events by pages of ${limit}`);
        check(pages >= Math.ceil(13 / limit), `${pages} pages of ${limit}`);
      }
      const end = await weis.ask<StreamEvents>('stream.events', { stream: group, after: 13 });
      same(end, { events: [], upTo: 13, head: 13 }, 'the page after the head');
    },
  },
  {
    id: 'C-STREAM-04',
    promise: 'a pulled event is the same as the pushed one',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const first = await say(weis, group, 'hello');
      await weis.ask('message.react', { conversation: group, seq: first, emoji: '👍' });
      await weis.ask('conversation.update', { conversation: group, announcement: 'at three' });
      await nas.event(group, first + 2);
      const { events } = await pull(nas, group, first - 1);
      same(events, nas.events(group), 'events');
    },
  },
  {
    id: 'C-STREAM-05',
    promise: 'stream.list has the head of each stream of mine, in pages',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const others = [await stage.group(wei), await stage.group(na, wei)];
      const head = await say(weis, group, 'hello');
      const items = await all<{ stream: string; head: number }>(weis, 'stream.list', { limit: 2 });
      sameSet(
        items.map((item) => item.stream),
        [wei.id, group, ...others],
        'streams',
      );
      same(items.find((item) => item.stream === group)!.head, head, 'head of the group');
    },
  },
  {
    id: 'C-STREAM-06',
    promise: "somebody else's stream cannot be pulled and does not differ from none",
    async run(stage) {
      const { na, group } = await pair(stage);
      const [li] = await stage.people('li');
      const client = await stage.connect(li!);
      const errors = [];
      for (const stream of [group, na.id, uuid()])
        errors.push(await client.refusal('stream.events', { stream, after: 0 }));
      same(
        errors.map((error) => error.code),
        ['not_found', 'not_found', 'not_found'],
        'codes',
      );
      same(errors[0], errors[2], 'a foreign stream beside none');
    },
  },
  {
    id: 'C-STREAM-07',
    promise:
      'a snapshot is exact as of its number: later events applied to it give the present state',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const seq = await say(weis, group, 'first');
      const before = await nas.ask<Conversation>('conversation.get', { conversation: group });
      same(before.head, seq, 'head of the snapshot');
      await weis.ask('conversation.update', { conversation: group, name: 'renamed' });
      await weis.ask('conversation.update', { conversation: group, announcement: 'at three' });
      const later = (await pull(nas, group, before.head)).events;
      const applied = later.reduce((state, event) => ({ ...state, ...event.data }), before);
      const after = await nas.ask<Conversation>('conversation.get', { conversation: group });
      same(
        { name: applied.name, announcement: applied.announcement },
        { name: after.name, announcement: after.announcement },
        'the state',
      );
      same(after.head, later.at(-1)!.seq, 'head');
    },
  },
  {
    id: 'C-STREAM-08',
    promise: 'the first event of a conversation names its members',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const [first] = (await pull(weis, group, 0)).events;
      same(first!.kind, 'conversation.created', 'kind');
      const roles = { owner: wei.id, member: na.id };
      sameSet(
        first!.data['members'] as unknown[],
        Object.entries(roles).map(([role, user]) => ({ user, role })),
        'members',
      );
    },
  },
];
