import type { Case } from '../run/case.js';
import { range, same } from '../run/check.js';
import { say, uuid, words } from '../run/stage.js';
import type { Conversation, Message, Sent, Written } from '../wire/types.js';
import { history, pair, pull, textOf } from './scene.js';

export const sending: readonly Case[] = [
  {
    id: 'C-SEND-01',
    promise: 'ack means stored: the message is in the history at once, unchanged',
    async run(stage) {
      const { wei, group, weis, nas } = await pair(stage);
      for (const text of [
        'hello',
        '三点开会',
        'a\nb\tc',
        '👩‍👩‍👧‍👦 é नमस्ते مرحبا',
        ' <b>&amp;</b> \\ " ',
      ]) {
        const params = words(group, text);
        const sent = await weis.ask<Sent>('message.send', params);
        const last = (await history(nas, group)).at(-1)!;
        same(textOf(last), text, 'the text');
        same([last.seq, last.sender, last.at], [sent.seq, wei.id, sent.at], 'number, sender, time');
        same((await nas.event(group, sent.seq)).data['body'], params['body'], 'the event');
      }
    },
  },
  {
    id: 'C-SEND-02',
    promise: 'a repeated send has no second effect and gets the first answer',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const params = words(group, 'only once');
      const first = await weis.ask<Sent>('message.send', params);
      same(first.duplicate, false, 'duplicate at first');
      for (let i = 0; i < 3; i++) {
        const again = await weis.ask<Sent>('message.send', params);
        same(again, { ...first, duplicate: true }, 'the answer to the repeated one');
      }
      same((await pull(weis, group, 0)).head, first.seq, 'head');
    },
  },
  {
    id: 'C-SEND-03',
    promise: 'the first answer also comes on another connection, another device and over HTTP',
    async run(stage) {
      const { wei, group, weis } = await pair(stage);
      const params = words(group, 'only once');
      const first = await weis.ask<Sent>('message.send', params);
      const expected = { ...first, duplicate: true };
      const tab = await stage.connect(wei);
      same(await tab.ask('message.send', params), expected, 'on another connection');
      const phone = await stage.again(wei, 'phone');
      const other = await stage.connect(phone);
      same(await other.ask('message.send', params), expected, 'on another device');
      same(await stage.http.ask('message.send', params, phone.token), expected, 'over HTTP');
      same((await pull(weis, group, 0)).head, first.seq, 'head');
    },
  },
  {
    id: 'C-SEND-04',
    promise: 'the same clientId with other content is client_id_reused, and nothing is stored',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const params = words(group, 'three o’clock');
      const { seq } = await weis.ask<Sent>('message.send', params);
      const elsewhere = await stage.group(wei, na);
      const others = [
        { ...params, body: { type: 'text', text: 'five o’clock' } },
        { ...params, body: { type: 'code', text: 'three o’clock' } },
        { ...params, conversation: elsewhere },
        { ...params, replyTo: seq },
      ];
      for (const other of others)
        same((await weis.refusal('message.send', other)).code, 'client_id_reused', 'code');
      same((await pull(weis, group, 0)).head, seq, 'head');
      same((await history(weis, elsewhere)).length, 0, 'messages elsewhere');
    },
  },
  {
    id: 'C-SEND-05',
    promise: 'messages of one connection are numbered in the order in which they were sent',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const sent = await Promise.all(range(1, 40).map((n) => say(weis, group, `${n}`)));
      same(sent, range(2, 41), 'numbers of the replies');
      await nas.event(group, 41);
      const texts = nas.events(group).map((event) => event.data['body']);
      same(
        texts,
        range(1, 40).map((n) => ({ type: 'text', text: `${n}` })),
        'texts in order',
      );
    },
  },
  {
    id: 'C-SEND-06',
    promise: 'an own message comes back as an event with its clientId, on each device',
    async run(stage) {
      const { wei, group, weis } = await pair(stage);
      const phone = await stage.connect(await stage.again(wei, 'phone'));
      const params = words(group, 'from the laptop');
      const { seq } = await weis.ask<Sent>('message.send', params);
      for (const device of [weis, phone])
        same((await device.event(group, seq)).data['clientId'], params['clientId'], 'clientId');
    },
  },
  {
    id: 'C-SEND-07',
    promise: 'one clientId sent at once from several connections is stored once',
    async run(stage) {
      const { wei, group, weis } = await pair(stage);
      const clients = [
        weis,
        await stage.connect(wei),
        await stage.connect(await stage.again(wei, 'phone')),
      ];
      const params = words(group, 'a race');
      const racing = [...clients, ...clients].map((client) =>
        client.ask<Sent>('message.send', params),
      );
      const sent = await Promise.all(racing);
      same(new Set(sent.map(({ seq }) => seq)).size, 1, 'how many numbers were given');
      same(sent.filter(({ duplicate }) => duplicate !== true).length, 1, 'how many were the first');
      same((await pull(weis, group, 0)).head, sent[0]!.seq, 'head');
    },
  },
  {
    id: 'C-SEND-08',
    promise: 'every request has exactly one reply, whatever the order',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const ops = [
        'profile.get',
        'conversation.list',
        'stream.list',
        'session.list',
        'no.such_thing',
      ];
      const asked = range(1, 30).map((n) =>
        n % 6 === 0 ? weis.start('message.send', words(group, `${n}`)) : weis.start(ops[n % 5]!),
      );
      const replies = await Promise.all(asked);
      same(new Set(replies.map(({ id }) => id)).size, 30, 'replies');
      await weis.ask('profile.get');
      same(weis.frames.filter((frame) => frame.type === 'reply').length, 31, 'reply frames');
    },
  },
  {
    id: 'C-SEND-09',
    promise:
      'after a lost reply the repeated send is stored once, whether the first one was or not',
    async run(stage) {
      const { wei, group, nas } = await pair(stage);
      for (let i = 0; i < 5; i++) {
        const params = words(group, `message ${i}`);
        const cut = await stage.connect(wei);
        void cut.start('message.send', params);
        cut.close();
        await cut.closed();
        const again = await stage.connect(wei);
        const { seq } = await again.ask<Sent>('message.send', params);
        same(seq, i + 2, 'number');
        await nas.event(group, seq);
      }
      same(
        (await history(nas, group)).map(textOf),
        range(0, 4).map((i) => `message ${i}`),
        'texts',
      );
    },
  },
  {
    id: 'C-SEND-10',
    promise: 'client ids of different people have nothing to do with each other',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const params = words(group, 'the same id');
      const mine = await weis.ask<Sent>('message.send', params);
      const yours = await nas.ask<Sent>('message.send', params);
      same([mine.duplicate, yours.duplicate], [false, false], 'duplicate');
      same(yours.seq, mine.seq + 1, 'number');
    },
  },
  {
    id: 'C-SEND-16',
    promise: 'conversation.create repeated with its clientId answers the same conversation',
    async run(stage) {
      const { wei, na, weis } = await pair(stage);
      const params = { clientId: uuid(), kind: 'group', name: '周会', members: [na.id] };
      const first = await weis.ask<Conversation>('conversation.create', params);
      const again = await weis.ask<Conversation>('conversation.create', params);
      same(again.id, first.id, 'the group');
      const other = { ...params, name: '月会' };
      same((await weis.refusal('conversation.create', other)).code, 'client_id_reused', 'code');
      const listed = [...(await stage.connect(wei)).streams.keys()];
      same(listed.length, 3, 'streams');
    },
  },
  {
    id: 'C-SEND-17',
    promise: 'a direct conversation of two people exists once, whoever makes it',
    async run(stage) {
      const { wei, na, weis, nas } = await pair(stage);
      const direct = (user: string) => ({ clientId: uuid(), kind: 'direct', members: [user] });
      const made = await Promise.all([
        weis.ask<Conversation>('conversation.create', direct(na.id)),
        nas.ask<Conversation>('conversation.create', direct(wei.id)),
        weis.ask<Conversation>('conversation.create', direct(na.id)),
      ]);
      same(new Set(made.map(({ id }) => id)).size, 1, 'how many there are');
    },
  },
  {
    id: 'C-SEND-18',
    promise: 'message.forward repeated with its clientId gives the same numbers',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const to = await stage.group(wei, na);
      const from = [await say(weis, group, 'one'), await say(weis, group, 'two')];
      const params = { clientId: uuid(), from: group, seqs: from, to };
      const first = await weis.ask<{ seqs: number[] }>('message.forward', params);
      same(first.seqs, [2, 3], 'numbers');
      const again = await weis.ask<{ seqs: number[]; duplicate?: boolean }>(
        'message.forward',
        params,
      );
      same([again.seqs, again.duplicate], [first.seqs, true], 'the repeated answer');
      same((await history(weis, to)).map(textOf), ['one', 'two'], 'texts');
      const merged = { clientId: uuid(), from: group, seqs: from, to, merge: true };
      await weis.ask('message.forward', merged);
      same((await history(weis, to)).at(-1)!.body!['type'], 'forward', 'type of the merged one');
    },
  },
  {
    id: 'C-SEND-19',
    promise:
      'other writes are idempotent by what they say and answer the head where nothing changed',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      const seq = await say(weis, group, 'hello');
      const acts: [string, Record<string, unknown>][] = [
        ['message.react', { conversation: group, seq, emoji: '👍' }],
        ['message.pin', { conversation: group, seq }],
        ['member.add', { conversation: group, users: [na.id] }],
        ['member.update', { conversation: group, user: na.id, role: 'admin' }],
      ];
      for (const [op, params] of acts) {
        await weis.ask<Written>(op, params);
        const { head } = await pull(weis, group, 0);
        same((await weis.ask<Written>(op, params)).seq, head, `${op} again`);
        same((await pull(weis, group, 0)).head, head, `head after ${op} again`);
      }
    },
  },
  {
    id: 'C-SEND-20',
    promise: 'a code body keeps its text and language',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const body = { type: 'code', text: 'if (a < b) {\n\treturn;\n}\n', language: 'java' };
      const { seq } = await weis.ask<Sent>('message.send', {
        conversation: group,
        clientId: uuid(),
        body,
      });
      same(
        (await nas.ask<Message>('message.get', { conversation: group, seq })).body,
        body,
        'body',
      );
      same((await nas.event(group, seq)).data['body'], body, 'body of the event');
    },
  },
];
