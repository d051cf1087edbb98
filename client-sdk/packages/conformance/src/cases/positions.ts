import type { Case } from '../run/case.js';
import { check, range, same, sameSet } from '../run/check.js';
import { say, uuid, type Stage } from '../run/stage.js';
import type { Client } from '../wire/client.js';
import type { Conversation, OwnPosition, Position } from '../wire/types.js';
import { all, pair } from './scene.js';

async function move(
  client: Client,
  conversation: string,
  to: { read?: number; delivered?: number },
): Promise<OwnPosition> {
  const params = { positions: [{ conversation, ...to }] };
  const { positions } = await client.ask<{ positions: OwnPosition[] }>('position.update', params);
  return positions[0]!;
}

async function positionOf(client: Client, conversation: string, user: string): Promise<Position> {
  const positions = await all<Position>(client, 'position.list', { conversation });
  return positions.find((position) => position.user === user)!;
}

async function threeMessages(stage: Stage) {
  const scene = await pair(stage);
  const sent = [];
  for (const text of ['one', 'two', 'three']) sent.push(await say(scene.weis, scene.group, text));
  return { ...scene, sent };
}

export const positions: readonly Case[] = [
  {
    id: 'C-POS-01',
    promise: 'positions are stored before the answer, which carries unread and mentions',
    async run(stage) {
      const { na, group, weis, nas, sent } = await threeMessages(stage);
      await say(weis, group, '@na', { mentions: { users: [na.id] } });
      const answer = await move(nas, group, { read: sent[1]!, delivered: sent[2]! });
      const { read, delivered, unread, mentions } = answer;
      same([read, delivered, unread, mentions], [sent[1], sent[2], 2, 1], 'the answer');
      same(await positionOf(weis, group, na.id), { user: na.id, read, delivered }, 'position.list');
      const { me } = await nas.ask<Conversation>('conversation.get', { conversation: group });
      same([me.read, me.unread, me.mentions], [read, 2, 1], 'conversation.get');
    },
  },
  {
    id: 'C-POS-02',
    promise: 'positions never go back',
    async run(stage) {
      const { na, group, weis, nas, sent } = await threeMessages(stage);
      await move(nas, group, { read: sent[2]!, delivered: sent[2]! });
      const back = await move(nas, group, { read: sent[0]!, delivered: 1 });
      same([back.read, back.delivered, back.unread], [sent[2], sent[2], 0], 'the answer');
      const stored = await positionOf(weis, group, na.id);
      same([stored.read, stored.delivered], [sent[2], sent[2]], 'position.list');
    },
  },
  {
    id: 'C-POS-03',
    promise: 'others get a position signal, and the last one is where somebody is',
    async run(stage) {
      const { na, group, weis, nas } = await threeMessages(stage);
      for (let i = 0; i < 10; i++) await say(weis, group, `message ${i}`);
      await Promise.all(range(2, 14).map((read) => move(nas, group, { read })));
      await weis.signal('position signal', (s) => s.user === na.id && s.read === 14);
      const got = weis.signals().filter((s) => s.kind === 'position');
      check(got.length <= 13, `${got.length} signals for 13 moves`);
      same(got.at(-1)!.read, 14, 'the last one');
      same(nas.signals(), [], 'signals to Na about herself');
    },
  },
  {
    id: 'C-POS-04',
    promise: 'an own read position comes to all own devices as position.moved',
    async run(stage) {
      const { na, group, nas, sent } = await threeMessages(stage);
      const phone = await stage.connect(await stage.again(na, 'phone'));
      await move(nas, group, { read: sent[1]! });
      const data = { conversation: group, read: sent[1]!, unread: 1, mentions: 0 };
      for (const device of [nas, phone])
        same((await device.eventOf(na.id, 'position.moved')).data, data, 'data');
    },
  },
  {
    id: 'C-POS-05',
    promise: 'position.list is right after a reconnect, whatever signals were missed',
    async run(stage) {
      const { wei, na, group, weis, nas, sent } = await threeMessages(stage);
      weis.close();
      await weis.closed();
      await move(nas, group, { read: sent[1]!, delivered: sent[2]! });
      const again = await stage.connect(wei);
      const expected = { user: na.id, read: sent[1], delivered: sent[2] };
      same(await positionOf(again, group, na.id), expected, 'position.list');
    },
  },
  {
    id: 'C-POS-06',
    promise: 'unread counts messages of others, outside of threads, without recalled ones',
    async run(stage) {
      const { group, weis, nas, sent } = await threeMessages(stage);
      const unread = async () =>
        (await nas.ask<Conversation>('conversation.get', { conversation: group })).me.unread;
      same(await unread(), 3, 'unread');
      await say(nas, group, 'my own');
      await say(weis, group, 'in the thread', { thread: sent[0]! });
      same(await unread(), 3, 'unread with an own one and a thread');
      await weis.ask('message.recall', { conversation: group, seq: sent[1]! });
      same(await unread(), 2, 'unread after a recall');
    },
  },
  {
    id: 'C-POS-07',
    promise: 'message.receipts tells who has read a message',
    async run(stage) {
      const { na, group, weis, nas, sent } = await threeMessages(stage);
      const receipts = (seq: number) =>
        weis.ask<{
          readCount: number;
          deliveredCount: number;
          total: number;
          items: { state: string; user: { id: string } }[];
        }>('message.receipts', { conversation: group, seq });
      await move(nas, group, { read: sent[0]!, delivered: sent[1]! });
      const states = await Promise.all(
        sent.map(async (seq) => (await receipts(seq)).items[0]!.state),
      );
      same(states, ['read', 'delivered', 'sent'], 'states');
      const first = await receipts(sent[0]!);
      same([first.readCount, first.deliveredCount, first.total], [1, 1, 1], 'counts');
      same(first.items[0]!.user.id, na.id, 'who');
    },
  },
  {
    id: 'C-POS-08',
    promise: 'a position.update with a conversation that is not mine is refused as a whole',
    async run(stage) {
      const { na, group, weis, nas, sent } = await threeMessages(stage);
      const both = [group, uuid()].map((conversation) => ({ conversation, read: sent[0]! }));
      same((await nas.refusal('position.update', { positions: both })).code, 'not_found', 'code');
      same((await positionOf(weis, group, na.id)).read, 0, 'read');
    },
  },
  {
    id: 'C-TYPING-01',
    promise: 'typing reaches the other members, not the writer',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const phone = await stage.connect(await stage.again(na, 'phone'));
      await weis.ask('typing.start', { conversation: group });
      const typing = { kind: 'typing', conversation: group, user: wei.id };
      for (const device of [nas, phone])
        same(await device.signal('typing signal', (s) => s.kind === 'typing'), typing, 'signal');
      same(weis.signals(), [], 'signals to the writer');
    },
  },
  {
    id: 'C-TYPING-02',
    promise: 'who is no member tells nobody that they type, and hears nobody',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const [li] = await stage.people('li');
      const client = await stage.connect(li!);
      same(
        (await client.refusal('typing.start', { conversation: group })).code,
        'not_found',
        'code',
      );
      await weis.ask('typing.start', { conversation: group });
      await nas.signal('typing signal', (s) => s.kind === 'typing');
      await client.ask('profile.get');
      same(client.signals(), [], 'signals to Li');
      sameSet(
        nas.signals().map((s) => s.user),
        [weis.welcome.user],
        'who types',
      );
    },
  },
  {
    id: 'C-OWN-01',
    promise: 'a draft is on all own devices and nowhere else; an empty text takes it away',
    async run(stage) {
      const { wei, group, weis, nas } = await pair(stage);
      const phone = await stage.connect(await stage.again(wei, 'phone'));
      const seq = await say(weis, group, 'a question');
      const draft = { conversation: group, text: 'half a sen', replyTo: seq };
      await weis.ask('draft.set', draft);
      same((await phone.eventOf(wei.id, 'draft.changed')).data, draft, 'data');
      const mine = async () =>
        (await phone.ask<Conversation>('conversation.get', { conversation: group })).me.draft;
      same([(await mine())?.text, (await mine())?.replyTo], ['half a sen', seq], 'the draft');
      await weis.ask('draft.set', { conversation: group, text: '' });
      await phone.eventOf(wei.id, 'draft.changed', (event) => event.data['text'] === '');
      same(await mine(), undefined, 'the draft afterwards');
      check(!JSON.stringify(nas.frames).includes('half a sen'), 'Na got the draft');
    },
  },
  {
    id: 'C-OWN-02',
    promise: 'settings.changed has all three settings, for all own devices and nobody else',
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const phone = await stage.connect(await stage.again(wei, 'phone'));
      await weis.ask('conversation.settings', { conversation: group, muted: true });
      await weis.ask('conversation.settings', { conversation: group, pinned: true });
      const fits = { conversation: group, muted: true, pinned: true, archived: false };
      const event = await phone.eventOf(
        wei.id,
        'settings.changed',
        (e) => e.data['pinned'] === true,
      );
      same(event.data, fits, 'data');
      const { me } = await nas.ask<Conversation>('conversation.get', { conversation: group });
      same([me.muted, me.pinned], [false, false], "Na's own");
      same(nas.events(na.id), [], "events in Na's inbox");
    },
  },
  {
    id: 'C-OWN-03',
    promise: 'an archived conversation is listed among the archived ones only',
    async run(stage) {
      const { group, weis } = await pair(stage);
      await weis.ask('conversation.settings', { conversation: group, archived: true });
      const ids = async (archived: boolean) =>
        (await all<Conversation>(weis, 'conversation.list', { archived })).map(({ id }) => id);
      same([await ids(false), await ids(true)], [[], [group]], 'lists');
    },
  },
];
