import type { Case } from '../run/case.js';
import { check, same, sameSet } from '../run/check.js';
import type { Person } from '../run/desk.js';
import { uuid, type Stage } from '../run/stage.js';
import type { Client } from '../wire/client.js';
import type { Conversation } from '../wire/types.js';
import { pair } from './scene.js';

async function refusedHello(stage: Stage, first: string): Promise<string> {
  const client = await stage.socket();
  client.line.send(first);
  const { code, error } = await client.refused();
  return `${error} ${code}`;
}

async function another(owner: Client, member: Person, name: string): Promise<string> {
  const made = await owner.ask<Conversation>('conversation.create', {
    clientId: uuid(),
    kind: 'group',
    name,
    members: [member.id],
  });
  return made.id;
}

export const hello: readonly Case[] = [
  {
    id: 'C-HELLO-01',
    promise: 'welcome tells who I am, where, and what the server takes',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const { user, session, limits, features, expiresAt, serverTime } = client.welcome;
      same(user, wei!.id, 'user of welcome');
      same(session, wei!.session, 'session of welcome');
      check(Date.parse(expiresAt) > Date.parse(serverTime), 'the token ends after now');
      check(client.frames[0]?.type === 'welcome', 'the first frame is welcome');
      const info = await stage.http.ask('server.info', {});
      same({ limits, features }, { limits: info['limits'], features: info['features'] }, 'limits');
    },
  },
  {
    id: 'C-HELLO-02',
    promise: 'everything that is mine is listed: my inbox and my conversations',
    async run(stage) {
      const { wei, na, group } = await pair(stage);
      const other = await stage.group(na, wei);
      await stage.group(na);
      const client = await stage.connect(wei);
      const kinds = [...client.streams.values()].map(({ stream, kind }) => `${kind} ${stream}`);
      const mine = [`inbox ${wei.id}`, `conversation ${group}`, `conversation ${other}`];
      sameSet(kinds, mine, 'streams of welcome');
    },
  },
  {
    id: 'C-HELLO-03',
    promise: 'without cursors `after` is `head`: only what is new comes',
    async run(stage) {
      const { wei, group, nas } = await pair(stage);
      await nas.ask('message.send', {
        conversation: group,
        clientId: uuid(),
        body: { type: 'text', text: 'old' },
      });
      const client = await stage.connect(wei);
      for (const state of client.streams.values()) same(state.after, state.head, 'after');
      const seq = client.state(group).head + 1;
      await nas.ask('message.send', {
        conversation: group,
        clientId: uuid(),
        body: { type: 'text', text: 'new' },
      });
      await client.event(group, seq);
      same(client.seqs(group), [seq], 'events that came');
    },
  },
  {
    id: 'C-HELLO-04',
    promise: 'more than 200 streams come in `streams` frames, the last one with more: false',
    slow: true,
    async run(stage) {
      const [wei, ...others] = await stage.people('wei', 'na', 'li', 'fang', 'jie');
      const made = await Promise.all(
        others.map(async (owner) => {
          const client = await stage.connect(owner);
          const groups: string[] = [];
          // Some at a time: a server in use has other things to do, too.
          while (groups.length < 51)
            groups.push(
              ...(await Promise.all([1, 2, 3].map(() => another(client, wei!, stage.name)))),
            );
          return groups;
        }),
      );
      const client = await stage.connect(wei!);
      const pages = client.frames.filter((f) => f.type === 'welcome' || f.type === 'streams');
      check(pages.length > 1, 'there are streams frames');
      same(
        pages.map((page) => page.more),
        pages.map((_, i) => i < pages.length - 1),
        'more',
      );
      sameSet(client.streams.keys(), [wei!.id, ...made.flat()], 'streams');
    },
  },
  {
    id: 'C-HELLO-05',
    promise: 'a token that is no good is refused by an error frame, then 4401',
    async run(stage) {
      const refused = await refusedHello(stage, '{"type":"hello","token":"not-a-token"}');
      same(refused, 'unauthenticated 4401', 'refusal');
    },
  },
  {
    id: 'C-HELLO-06',
    promise: 'nothing is taken before hello',
    async run(stage) {
      const request = '{"type":"request","id":1,"op":"profile.get"}';
      same(await refusedHello(stage, request), 'unauthenticated 4401', 'a request before hello');
      const beat = '{"type":"heartbeat"}';
      same(await refusedHello(stage, beat), 'unauthenticated 4401', 'a heartbeat before hello');
    },
  },
  {
    id: 'C-HELLO-07',
    promise: 'a first frame that is no frame of the protocol ends with 4400',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const token = wei!.token;
      const bad = [
        'hello',
        '[]',
        '{"type":"hi"}',
        `{"type":"hello","token":"${token}","colour":1}`,
      ];
      for (const first of bad) {
        const refused = await refusedHello(stage, first);
        check(refused.endsWith(' 4400'), `${first.slice(0, 30)} ended with ${refused}`);
      }
    },
  },
  {
    id: 'C-HELLO-08',
    promise: 'a second hello is refused and the connection goes on',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      client.send({ type: 'hello', token: wei!.token });
      const frame = await client.frame('error');
      same(
        { code: frame.error.code, close: frame.close },
        { code: 'bad_frame', close: false },
        'error',
      );
      await client.ask('profile.get');
    },
  },
  {
    id: 'C-HELLO-09',
    promise: 'who says no hello within 10 seconds is closed',
    slow: true,
    async run(stage) {
      stage.waitsFor('the deadline of hello', 12_000);
      const client = await stage.socket();
      const { code, error } = await client.refused(12_000 + stage.patienceMs);
      same(`${error} ${code}`, 'hello_timeout 4401', 'refusal');
    },
  },
  {
    id: 'C-HELLO-10',
    promise: 'the subprotocol is magpie.v1, and there is no compression',
    async run(stage) {
      const client = await stage.socket();
      same(client.line.protocol, 'magpie.v1', 'subprotocol');
      same(client.line.extensions, '', 'extensions');
    },
  },
  {
    id: 'C-HELLO-11',
    promise:
      'the upgrade is refused with 400 without the subprotocol or with a query, 404 elsewhere',
    needs: ['program'],
    async run(stage) {
      const { url } = stage.node();
      const status = (protocols: string[], path = '/ws') =>
        stage.platform.upgrade!(url, { protocols, path });
      same(await status(['magpie.v1']), 101, 'a good upgrade');
      same(await status([]), 400, 'no subprotocol');
      same(await status(['magpie.v0']), 400, 'another subprotocol');
      same(await status(['magpie.v1'], '/ws?token=x'), 400, 'a query');
      same(await status(['magpie.v1'], '/ws/x'), 404, 'another path');
    },
  },
  {
    id: 'C-HELLO-12',
    promise: 'pages of foreign origins are refused with 403',
    needs: ['program'],
    async run(stage) {
      const { url } = stage.node();
      const { host } = new URL(url);
      for (const foreign of ['https://evil.invalid', `https://${host}.evil.invalid`, 'null']) {
        const status = await stage.platform.upgrade!(url, {
          protocols: ['magpie.v1'],
          origin: foreign,
        });
        same(status, 403, `an upgrade from ${foreign}`);
      }
    },
  },
  {
    id: 'C-HELLO-13',
    promise: 'at most 900 cursors',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const cursors = (n: number) =>
        Object.fromEntries(Array.from({ length: n }, () => [uuid(), 1]));
      const good = await stage.connect(wei!, { epoch: uuid(), cursors: cursors(900) });
      same([...good.streams.keys()], [wei!.id], 'streams');
      const hello = { type: 'hello', token: wei!.token, epoch: uuid(), cursors: cursors(901) };
      const refused = await refusedHello(stage, JSON.stringify(hello));
      check(refused.endsWith(' 4400'), `901 cursors ended with ${refused}`);
    },
  },
];
