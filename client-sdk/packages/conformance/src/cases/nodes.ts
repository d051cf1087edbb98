import type { Case } from '../run/case.js';
import { range, same, sameSet } from '../run/check.js';
import { say, words, type Stage } from '../run/stage.js';
import type { Conversation, Position, Sent, Written } from '../wire/types.js';
import { all, history, pull, seqs, textOf } from './scene.js';

/** Wei on the first node, Na on the second one, in a group of theirs. */
async function apart(stage: Stage) {
  const [wei, na] = await stage.people('wei', 'na');
  const group = await stage.group(wei!, na!);
  const weis = await stage.connect(wei!);
  const nas = await stage.connect(na!, {}, 1);
  return { wei: wei!, na: na!, group, weis, nas };
}

const needs = ['nodes'] as const;

export const nodes: readonly Case[] = [
  {
    id: 'C-NODES-01',
    promise: 'all nodes have one epoch, one contract and names of their own',
    needs,
    async run(stage) {
      const [wei] = await stage.people('wei');
      const clients = await Promise.all(stage.nodes.map((_, i) => stage.connect(wei!, {}, i)));
      same(new Set(clients.map((client) => client.welcome.epoch)).size, 1, 'epochs');
      const names = new Set(clients.map((client) => client.welcome.node));
      same(names.size, stage.nodes.length, 'names of nodes (is a balancer between?)');
      for (const { contract } of stage.nodes)
        same(Object.keys(contract.errors), Object.keys(stage.contract.errors), 'error codes');
    },
  },
  {
    id: 'C-NODES-02',
    promise: 'what is sent on one node is delivered on the other ones, in order',
    needs,
    async run(stage) {
      const { group, weis, nas } = await apart(stage);
      for (let i = 0; i < 20; i++) await say(weis, group, `message ${i}`);
      await nas.event(group, 21);
      same(nas.seqs(group), range(2, 21), 'events on the other node');
    },
  },
  {
    id: 'C-NODES-03',
    promise: 'what was acked on one node can be read on every node at once',
    needs,
    async run(stage) {
      const { na, group, weis } = await apart(stage);
      const readers = await Promise.all(stage.nodes.map((_, i) => stage.connect(na, {}, i)));
      for (let i = 0; i < 10; i++) {
        const text = `message ${i}`;
        await say(weis, group, text);
        for (const reader of readers)
          same(textOf((await history(reader, group)).at(-1)), text, 'text');
      }
    },
  },
  {
    id: 'C-NODES-04',
    promise: 'cursors of one node are resumed on another one, exactly',
    needs,
    async run(stage) {
      const { na, group, weis, nas } = await apart(stage);
      const seq = await say(weis, group, 'one');
      await nas.event(group, seq);
      nas.close();
      await nas.closed();
      const last = await say(weis, group, 'two');
      const cursors = { [group]: seq, [na.id]: 1 };
      for (const node of [0, 1]) {
        const client = await stage.connect(na, { epoch: nas.welcome.epoch, cursors }, node);
        await client.event(group, last);
        same(client.seqs(group), [last], 'events');
      }
    },
  },
  {
    id: 'C-NODES-05',
    promise: 'a send repeated on another node gets the first answer',
    needs,
    async run(stage) {
      const { wei, group, weis } = await apart(stage);
      const other = await stage.connect(wei, {}, 1);
      const params = words(group, 'only once');
      const first = await weis.ask<Sent>('message.send', params);
      same(await other.ask('message.send', params), { ...first, duplicate: true }, 'the answer');
      const raced = words(group, 'at once');
      const sent = await Promise.all(
        [weis, other, weis, other].map((client) => client.ask<Sent>('message.send', raced)),
      );
      same(new Set(sent.map(({ seq }) => seq)).size, 1, 'how many numbers were given');
      same((await pull(weis, group, 0)).head, first.seq + 1, 'head');
    },
  },
  {
    id: 'C-NODES-06',
    promise: 'writers on several nodes make one order, the same for everybody',
    needs,
    async run(stage) {
      const { wei, na, group, weis, nas } = await apart(stage);
      const writers = [weis, nas, await stage.connect(wei, {}, 1), await stage.connect(na)];
      const sent = await Promise.all(
        writers.flatMap((writer, i) => range(1, 10).map((n) => say(writer, group, `${i}: ${n}`))),
      );
      sameSet(sent, range(2, 41), 'numbers of the replies');
      await Promise.all(writers.map((reader) => reader.event(group, 41)));
      for (const reader of writers) same(reader.events(group), weis.events(group), 'events');
    },
  },
  {
    id: 'C-NODES-07',
    promise: 'a membership that ends on one node ends on the other ones',
    needs,
    async run(stage) {
      const { na, group, weis, nas } = await apart(stage);
      const { seq } = await weis.ask<Written>('member.remove', {
        conversation: group,
        user: na.id,
      });
      await say(weis, group, 'without Na');
      const refusal = await nas.refusal('message.history', { conversation: group });
      same(refusal.code, 'not_found', 'code at once');
      await nas.eventOf(na.id, 'membership.removed');
      await nas.event(group, seq);
      const back = await weis.ask<Written>('member.add', { conversation: group, users: [na.id] });
      const last = await say(weis, group, 'with Na again');
      await nas.event(group, last);
      same(nas.seqs(group), [seq, ...range(back.seq, last)], 'events on the other node');
      const { me } = await nas.ask<Conversation>('conversation.get', { conversation: group });
      same(me.from, back.seq, 'me.from');
    },
  },
  {
    id: 'C-NODES-08',
    promise: 'a session that ends on one node closes its connections on the other ones',
    needs,
    async run(stage) {
      const { na, nas } = await apart(stage);
      await stage.http.ask('session.revoke', { session: 'current' }, na.token);
      // One second with Redis, five without; the rest is for a busy machine.
      const { code, error } = await nas.refused(Math.max(7_000, stage.patienceMs));
      same([error, code], ['session_revoked', 4401], 'the end');
      const there = await stage.node(1).http.send('profile.get', {}, na.token);
      same(there.status, 401, 'status on the other node');
    },
  },
  {
    id: 'C-NODES-09',
    promise: 'positions moved on one node are right on the other ones',
    needs,
    async run(stage) {
      const { na, group, weis, nas } = await apart(stage);
      const seq = await say(weis, group, 'read me');
      const move = { positions: [{ conversation: group, read: seq, delivered: seq }] };
      await nas.ask('position.update', move);
      const expected = { user: na.id, read: seq, delivered: seq };
      const listed = await all<Position>(weis, 'position.list', { conversation: group });
      same(
        listed.find(({ user }) => user === na.id),
        expected,
        'position.list',
      );
      const phone = await stage.connect(await stage.again(na, 'phone'));
      await nas.eventOf(na.id, 'position.moved');
      same(seqs((await pull(phone, na.id, 1)).events), [2], 'events of the inbox');
    },
  },
  {
    id: 'C-NODES-10',
    promise: 'typing and positions reach members on the other nodes',
    needs,
    async run(stage) {
      const { wei, na, group, weis, nas } = await apart(stage);
      const seq = await say(weis, group, 'hello');
      await nas.event(group, seq);
      // Signals may be lost, so they are given again until one arrives.
      await stage.eventually('typing signal on the other node', async () => {
        await weis.ask('typing.start', { conversation: group });
        return nas.signals().some((s) => s.kind === 'typing' && s.user === wei.id);
      });
      await nas.ask('position.update', { positions: [{ conversation: group, read: seq }] });
      await weis.signal('position signal', (s) => s.user === na.id && s.read === seq);
    },
  },
  {
    id: 'C-NODES-11',
    promise: 'who is on one node is shown on the other ones',
    needs,
    async run(stage) {
      const { na, weis, nas } = await apart(stage);
      if (!weis.welcome.features.includes('presence')) stage.skip('this server has no presence');
      await weis.ask('presence.watch', { users: [na.id] });
      const state = async () => (await weis.ask('presence.get', { user: na.id }))['state'];
      await stage.eventually('sight of Na', async () => (await state()) === 'online');
      await nas.ask('presence.set', { availability: 'busy' });
      await weis.until('signal from the other node', () =>
        weis.signals().some(({ presence }) => presence?.state === 'busy'),
      );
      nas.close();
      await weis.until('goodbye on the other node', () =>
        weis
          .signals()
          .slice(-1)
          .some(({ presence }) => presence?.state === 'offline'),
      );
    },
  },
];
