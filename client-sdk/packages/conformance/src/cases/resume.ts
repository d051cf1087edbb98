import type { Case } from '../run/case.js';
import { check, range, same, sameSet } from '../run/check.js';
import { beside, say, uuid, words } from '../run/stage.js';
import type { Client } from '../wire/client.js';
import type { Written } from '../wire/types.js';
import { pair, pull, seqs } from './scene.js';

/** Frames that tell a client nothing of streams; its token may come to its end at any time. */
const ABOUT_ONESELF: readonly string[] = ['welcome', 'reply', 'heartbeat', 'token_expiring'];

export const resume: readonly Case[] = [
  {
    id: 'C-RESUME-01',
    promise: 'resume from every cursor gives exactly the events after it',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      let head = 0;
      for (let i = 0; i < 6; i++) head = await say(weis, group, `message ${i}`);
      const { epoch } = weis.welcome;
      for (let cursor = 0; cursor <= head; cursor++) {
        const client = await stage.connect(na, { epoch, cursors: { [group]: cursor } });
        same(client.state(group).after, cursor, 'after');
        if (cursor < head) await client.event(group, head);
        await client.ask('profile.get');
        same(client.seqs(group), range(cursor + 1, head), `events after ${cursor}`);
        client.close();
        await client.closed();
      }
    },
  },
  {
    id: 'C-RESUME-02',
    promise: 'a large gap is pulled: the pages and what is pushed are exactly what was missed',
    slow: true,
    async run(stage) {
      const { wei, na, group, weis, nas } = await pair(stage);
      const [li] = await stage.people('li');
      await weis.ask('member.add', { conversation: group, users: [li!.id] });
      const writers = [weis, nas, await stage.connect(li!)];
      for (let i = 0; i < 40; i++)
        await Promise.all(writers.map((writer) => say(writer, group, `message ${i}`)));
      const { epoch } = weis.welcome;
      const client = await stage.connect(wei, { epoch, cursors: { [group]: 3, [wei.id]: 0 } });
      const { after, head } = client.state(group);
      const pulled = await pull(client, group, 3, 50);
      const live = await say(await stage.connect(na), group, 'live');
      await client.event(group, live);
      const got = new Set([...seqs(pulled.events), ...client.seqs(group)]);
      same(
        [...got].sort((a, b) => a - b),
        range(4, live),
        'events',
      );
      same(client.seqs(group), range(after + 1, live), 'events that were pushed');
      check(head >= 122, `the head is ${head}`);
    },
  },
  {
    id: 'C-RESUME-03',
    promise: 'a cursor beyond the head is answered by resync_required, reason ahead',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      const head = await say(weis, group, 'hello');
      const { epoch } = weis.welcome;
      const client = await stage.connect(na, { epoch, cursors: { [group]: head + 1 } });
      const frame = await client.frame('resync_required');
      same(
        frame,
        { type: 'resync_required', stream: group, first: 1, head, reason: 'ahead' },
        'resync',
      );
      await goesOnFromHead(client, weis, group);
    },
  },
  {
    id: 'C-RESUME-04',
    promise: 'cursors of another epoch are answered by resync_required for each stream',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      const head = await say(weis, group, 'hello');
      const cursors = { [group]: 1, [na.id]: 0 };
      const client = await stage.connect(na, { epoch: uuid(), cursors });
      await client.until(
        'two resync_required',
        () => client.frames.filter((f) => f.type === 'resync_required').length >= 2,
      );
      const told = client.frames.flatMap((f) => (f.type === 'resync_required' ? [f] : []));
      sameSet(
        told.map((f) => `${f.reason} ${f.stream}`),
        [`epoch ${group}`, `epoch ${na.id}`],
        'resyncs',
      );
      same(client.state(group).after, head, 'after');
      await goesOnFromHead(client, weis, group);
    },
  },
  {
    id: 'C-RESUME-05',
    promise: 'cursors without the epoch they belong to cannot be resumed',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      await say(weis, group, 'hello');
      const client = await stage.connect(na, { cursors: { [group]: 1 } });
      const frame = await client.frame('resync_required');
      same(
        { stream: frame.stream, reason: frame.reason },
        { stream: group, reason: 'epoch' },
        'resync',
      );
      same(client.seqs(group), [], 'events');
    },
  },
  {
    id: 'C-RESUME-06',
    promise: "another user's cursors open nothing: only what is mine is listed and pushed",
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      await say(weis, group, 'not for Li');
      const [li] = await stage.people('li');
      const { epoch } = weis.welcome;
      const cursors = { [group]: 1, [wei.id]: 0, [na.id]: 0, [li!.id]: 0 };
      const client = await stage.connect(li!, { epoch, cursors });
      same([...client.streams.keys()], [li!.id], 'streams');
      await say(weis, group, 'still not for Li');
      await client.ask('profile.get');
      const heard = client.frames.filter((f) => !ABOUT_ONESELF.includes(f.type));
      same(heard, [], 'frames for Li');
    },
  },
  {
    id: 'C-RESUME-07',
    promise: 'what is sent while a client resumes is neither lost nor doubled',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const { epoch } = weis.welcome;
      let sent = 0;
      const writer = { going: true };
      const writing = beside(
        (async () => {
          for (let i = 0; writer.going && i < 300; i++)
            sent = await say(weis, group, `message ${i}`);
        })(),
      );
      let cursor = 1;
      for (let i = 0; i < 6; i++) {
        const client = await stage.connect(na, { epoch, cursors: { [group]: cursor } });
        const { after } = client.state(group);
        await client.event(group, Math.max(sent, after) + 3);
        // What is sent between reading and listening may be left to the client to pull.
        const pulled = after > cursor ? (await pull(client, group, cursor)).events : [];
        const got = seqs([...pulled.filter(({ seq }) => seq <= after), ...client.events(group)]);
        same(got, range(cursor + 1, got.at(-1)!), `events after ${cursor}`);
        cursor = got.at(-1)!;
        client.close();
        await client.closed();
      }
      writer.going = false;
      await writing;
      const last = await stage.connect(wei, { epoch, cursors: { [group]: 1 } });
      same(seqs((await pull(last, group, 1)).events), range(2, sent), 'all events');
    },
  },
  {
    id: 'C-RESUME-08',
    promise: 'edits, recalls, reactions, pins and threads are caught up like messages',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      nas.close();
      await nas.closed();
      const cursor = nas.state(group).head;
      const kept = await say(weis, group, 'kept');
      const gone = await say(weis, group, 'gone');
      const at = (seq: number) => ({ conversation: group, seq });
      await weis.ask('message.edit', { ...at(kept), text: 'kept, edited' });
      await weis.ask('message.react', { ...at(kept), emoji: '👍' });
      await weis.ask('message.unreact', { ...at(kept), emoji: '👍' });
      await weis.ask('message.pin', at(kept));
      await weis.ask('message.unpin', at(kept));
      await weis.ask('message.send', words(group, 'in the thread', { thread: kept }));
      const last = await weis.ask<Written>('message.recall', at(gone));
      const { epoch } = weis.welcome;
      const client = await stage.connect(na, { epoch, cursors: { [group]: cursor } });
      await client.event(group, last.seq);
      const kinds = client.events(group).map((event) => event.kind.replace('message.', ''));
      const done = [
        'sent',
        'sent',
        'edited',
        'reacted',
        'unreacted',
        'pinned',
        'unpinned',
        'sent',
        'recalled',
      ];
      same(kinds, done, 'kinds');
      same(client.seqs(group), range(cursor + 1, last.seq), 'numbers');
    },
  },
  {
    id: 'C-RESUME-09',
    promise: 'what was recalled keeps its number and comes without its words',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      const seq = await say(weis, group, 'a secret');
      await weis.ask('message.edit', { conversation: group, seq, text: 'another secret' });
      await weis.ask('message.recall', { conversation: group, seq });
      const { epoch } = weis.welcome;
      const client = await stage.connect(na, { epoch, cursors: { [group]: seq - 1 } });
      await client.event(group, seq + 2);
      check(!JSON.stringify(client.frames).includes('secret'), 'the words are in a frame');
      const pulled = await pull(client, group, seq - 1);
      same(seqs(pulled.events), range(seq, seq + 2), 'numbers');
      check(!JSON.stringify(pulled).includes('secret'), 'the words are in a pulled event');
    },
  },
  {
    id: 'C-RESUME-10',
    promise: 'every device of a user gets every event',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const phone = await stage.connect(await stage.again(na, 'phone'));
      const tab = await stage.connect(na);
      const seq = await say(weis, group, 'to all of Na');
      const events = await Promise.all([nas, phone, tab].map((client) => client.event(group, seq)));
      for (const event of events) same(event, events[0], 'the event');
    },
  },
  {
    id: 'C-RESUME-11',
    promise: 'the epoch stays the same from one connection to the next',
    async run(stage) {
      const { na, nas, weis } = await pair(stage);
      const again = await stage.connect(na);
      sameSet(
        new Set([nas, weis, again].map((c) => c.welcome.epoch)),
        [nas.welcome.epoch],
        'epochs',
      );
      const list = await again.ask('stream.list');
      same(list['epoch'], nas.welcome.epoch, 'epoch of stream.list');
    },
  },
];

/** Who could not resume gets what comes from now on, and nothing before it. */
async function goesOnFromHead(client: Client, other: Client, group: string): Promise<void> {
  const next = await say(other, group, 'after it');
  await client.event(group, next);
  same(client.seqs(group), [next], 'events after the head');
}
