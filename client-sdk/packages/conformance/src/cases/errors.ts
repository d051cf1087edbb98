import type { Case } from '../run/case.js';
import { check, range, same } from '../run/check.js';
import { say, uuid, words, type Stage } from '../run/stage.js';
import type { ErrorBody } from '../wire/types.js';
import { pair, pull } from './scene.js';

/** Requests that are wrong, and how each is refused: code, and field where it names one. */
function wrongRequests(group: string): readonly [string, string, string, string?][] {
  const id = uuid();
  const send = (more: string) =>
    `{"conversation":"${group}","clientId":"${id}","body":{"type":"text","text":"x"}${more}}`;
  return [
    ['message.shout', '{}', 'unknown_operation'],
    ['app.token', '{}', 'unknown_operation'],
    ['profile.get', '{"colour":1}', 'unknown_field', 'colour'],
    ['message.send', send(',"priority":"high"'), 'unknown_field', 'priority'],
    ['message.get', `{"conversation":"${group}"}`, 'missing_field', 'seq'],
    ['message.get', `{"conversation":"${group}","seq":"1"}`, 'invalid_field', 'seq'],
    ['message.get', `{"conversation":"${group}","seq":1.0}`, 'invalid_field', 'seq'],
    ['message.get', `{"conversation":"${group}","seq":1e3}`, 'invalid_field', 'seq'],
    ['message.get', `{"conversation":"${group}","seq":0}`, 'invalid_field', 'seq'],
    ['message.get', `{"conversation":"${group}","seq":-1}`, 'invalid_field', 'seq'],
    [
      'message.get',
      `{"conversation":"${group}","seq":9223372036854775808}`,
      'invalid_field',
      'seq',
    ],
    ['message.get', `{"conversation":"${group}","seq":null}`, 'invalid_field', 'seq'],
    ['message.get', '{"conversation":"../x","seq":1}', 'invalid_field', 'conversation'],
    ['message.get', `{"conversation":["${group}"],"seq":1}`, 'invalid_field', 'conversation'],
    ['message.history', `{"conversation":"${group}","limit":201}`, 'invalid_field', 'limit'],
    ['message.history', `{"conversation":"${group}","limit":0}`, 'invalid_field', 'limit'],
    ['message.send', send(',"replyTo":null'), 'invalid_field', 'replyTo'],
    ['conversation.list', '{"cursor":"not one of yours"}', 'invalid_field', 'cursor'],
    ['member.add', `{"conversation":"${group}","users":[]}`, 'invalid_field', 'users'],
  ];
}

async function badFrame(stage: Stage, text: string): Promise<ErrorBody> {
  const [wei] = await stage.people('wei');
  const client = await stage.connect(wei!);
  client.line.send(text);
  const { error, close } = await client.frame('error');
  same(close, false, `close after ${text.slice(0, 40)}`);
  await client.ask('profile.get');
  return error;
}

export const errors: readonly Case[] = [
  {
    id: 'C-ERROR-01',
    promise: 'every wrong request is answered with a code and the field, and changes nothing',
    async run(stage) {
      const { group, weis } = await pair(stage);
      for (const [op, params, code, field] of wrongRequests(group)) {
        const reply = await weis.startText(op, params);
        check(!reply.ok, `${op} ${params} was not refused`);
        same(reply.error.code, code, `code of ${op} ${params}`);
        if (field !== undefined) same(reply.error.field, field, `field of ${op} ${params}`);
        same(reply.error.retryable, false, `retryable of ${op} ${params}`);
      }
      same((await pull(weis, group, 0)).head, 1, 'head');
    },
  },
  {
    id: 'C-ERROR-02',
    promise: 'a key twice is refused',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const twice = `{"conversation":"${group}","conversation":"${uuid()}"}`;
      void weis.expect(77, 'conversation.get');
      weis.line.send(`{"type":"request","id":77,"op":"conversation.get","params":${twice}}`);
      await weis.until('refusal', () =>
        weis.frames.some((f) => f.type === 'error' || (f.type === 'reply' && f.id === 77 && !f.ok)),
      );
    },
  },
  {
    id: 'C-ERROR-03',
    promise: 'a frame that is not understood gets an error frame, and the connection goes on',
    async run(stage) {
      const bad = [
        '',
        'null',
        '[]',
        '{',
        '{"type":"request"}',
        '{"type":"welcome"}',
        '{"type":"request","id":0,"op":"profile.get"}',
        '{"type":"request","id":"1","op":"profile.get"}',
        '{"type":"request","id":1,"op":"profile.get","colour":1}',
        '{"type":"heartbeat","at":1}',
      ];
      await Promise.all(bad.map((text) => badFrame(stage, text)));
    },
  },
  {
    id: 'C-ERROR-04',
    promise: 'the fifth such frame ends the connection with 4400',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const told = () => client.frames.flatMap((f) => (f.type === 'error' ? [f.close] : []));
      for (const n of range(1, 5)) {
        client.line.send(`{"type":"nothing ${n}"}`);
        await client.until('error frame', () => told().length === n);
      }
      same(await client.closed(), 4400, 'close code');
      same(told(), [false, false, false, false, true], 'close of the error frames');
    },
  },
  {
    id: 'C-ERROR-05',
    promise: 'a request with the id of an open one is answered by an error frame',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const group = await stage.group(wei!);
      const refused = () => client.frames.find((f) => f.type === 'error');
      // The first one may be answered before the second one is read: then once more.
      for (let id = 900; id < 910 && refused() === undefined; id++) {
        const op = 'message.send';
        const reply = client.expect(id, op, 2);
        for (const text of ['first', 'second'])
          client.send({ type: 'request', id, op, params: words(group, text) });
        await reply;
        await client.ask('profile.get');
      }
      const frame = await client.frame('error');
      same([frame.error.code, frame.close], ['bad_frame', false], 'the error frame');
      const again = await client.start('profile.get');
      check(again.ok, 'the connection goes on');
    },
  },
  {
    id: 'C-ERROR-06',
    promise: 'whatever one client does, the connections of others are untouched',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const rude = await stage.connect(na);
      for (const n of range(1, 5)) rude.line.send(`nonsense ${n}`);
      await rude.closed();
      const binary = await stage.connect(na);
      binary.line.send(new Uint8Array([1, 2, 3]));
      await binary.closed();
      const seq = await say(weis, group, 'still here?');
      await nas.event(group, seq);
      await say(nas, group, 'yes');
    },
  },
  {
    id: 'C-ERROR-07',
    promise: 'over HTTP the same mistakes have the same codes, as application/problem+json',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const asked: [string, Record<string, unknown>][] = [
        ['message.get', { conversation: group, seq: 999 }],
        ['message.get', { conversation: uuid(), seq: 1 }],
        ['message.send', { ...words(group, 'x'), colour: 1 }],
        ['message.send', words(group, '')],
        ['message.send', { ...words(group, 'x'), clientId: 'mine' }],
        ['member.remove', { conversation: group, user: uuid() }],
        ['message.history', { conversation: group, limit: 0 }],
      ];
      for (const [op, params] of asked) {
        const here = await weis.refusal(op, params);
        const there = await stage.http.refusal(op, params, wei.token);
        const told = ({ code, field, retryable }: ErrorBody) => ({ code, field, retryable });
        same(told(there), told(here), `refusal of ${op}`);
      }
      const forbidden = { conversation: group, name: 'mine' };
      const answer = await stage.http.send('conversation.update', forbidden, na.token);
      same(answer.status, 403, 'status for a member');
    },
  },
  {
    id: 'C-ERROR-08',
    promise:
      'every code of the contract has a status, a text in English and Chinese, and is stable',
    async run(stage) {
      const codes = Object.entries(stage.contract.errors);
      for (const [code, { status, en, zh }] of codes) {
        check(status >= 400 && status <= 599, `${code} has status ${status}`);
        check(en.length > 0 && zh.length > 0, `${code} has no text`);
      }
      const handled =
        'not_found forbidden conflict client_id_reused window_passed message_recalled group_full ' +
        'text_too_long rate_limited overloaded unavailable timeout storage_full internal';
      for (const code of handled.split(' '))
        check(code in stage.contract.errors, `there is no ${code}`);
    },
  },
  {
    id: 'C-ERROR-09',
    promise:
      'more than framesBurst requests at once are rate_limited, and served after retryAfterMs',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const { framesBurst, framesPerSecond } = client.welcome.limits;
      stage.waitsFor('to exceed the rate', framesBurst * 2);
      const replies = await Promise.all(
        range(1, framesBurst + framesPerSecond).map(() => client.start('profile.get')),
      );
      const refused = replies.flatMap((reply) => (reply.ok ? [] : [reply.error]));
      check(refused.length > 0, 'no request was refused');
      check(
        replies.length - refused.length >= framesBurst,
        `fewer than ${framesBurst} were served`,
      );
      for (const error of refused) {
        same([error.code, error.retryable], ['rate_limited', true], 'refusal');
        check((error.retryAfterMs ?? 0) > 0, 'no retryAfterMs');
      }
      await stage.eventually('service again', async () => (await client.start('profile.get')).ok);
    },
  },
  {
    id: 'C-ERROR-10',
    promise: 'more than a hundred refusals in a row end the connection with 4429',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const { framesBurst } = client.welcome.limits;
      stage.waitsFor('to be refused a hundred times', framesBurst * 10);
      const flood = () => {
        for (let i = 0; i < framesBurst + 150 && !client.ended; i++)
          void client.start('profile.get');
      };
      for (let i = 0; i < 5 && !client.ended; i++) {
        flood();
        await client.closed(1_000).catch(() => undefined);
      }
      const { code, error } = await client.refused();
      same([error, code], ['rate_limited', 4429], 'the end');
    },
  },
];
