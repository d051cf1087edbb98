import type { Case } from '../run/case.js';
import { check, range, same } from '../run/check.js';
import { say, uuid, words } from '../run/stage.js';
import type { Sent } from '../wire/types.js';
import { history, pair, pull, textOf } from './scene.js';

/** What may be in a message. */
export const texts: readonly Case[] = [
  {
    id: 'C-SEND-11',
    promise: 'a text has 1 to messageCodePoints code points and is not only white space',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const { messageCodePoints: most, messageBytes } = weis.welcome.limits;
      const longest = 'x'.repeat(Math.min(most, messageBytes));
      const seq = await say(weis, group, longest);
      same(textOf((await history(weis, group)).at(-1)), longest, 'the longest text');
      const code = async (text: string) =>
        (await weis.refusal('message.send', words(group, text))).code;
      same(await code(`${longest}x`), 'text_too_long', 'one more');
      const wide = '马'.repeat(Math.floor(messageBytes / 3) + 1);
      if (wide.length <= most) same(await code(wide), 'text_too_long', 'one more byte');
      for (const text of ['', '   ', ' \n\t　'])
        check((await code(text)).startsWith('invalid_'), `an empty text was ${await code(text)}`);
      same(await code('a\u0000b'), 'invalid_text', 'NUL');
      same((await pull(weis, group, 0)).head, seq, 'head');
    },
  },
  {
    id: 'C-SEND-12',
    promise: 'lone surrogates are refused, astral characters are one code point',
    async run(stage) {
      const { group, weis } = await pair(stage);
      const params = JSON.stringify(words(group, 'HERE')).replace('HERE', String.raw`\ud83d alone`);
      const reply = await weis.startText('message.send', params);
      same(reply.ok ? 'stored' : reply.error.code, 'invalid_text', 'a lone surrogate');
      await say(weis, group, '𝄞👍');
      same(textOf((await history(weis, group)).at(-1)), '𝄞👍', 'the text');
    },
  },
  {
    id: 'C-SEND-13',
    promise:
      'mentions are members of the conversation; anybody else is refused, and nothing is stored',
    async run(stage) {
      const { na, group, weis } = await pair(stage);
      const [li] = await stage.people('li');
      for (const user of [li!.id, uuid()]) {
        const params = words(group, '@li', { mentions: { users: [na.id, user] } });
        const { code, field } = await weis.refusal('message.send', params);
        same({ code, field }, { code: 'invalid_field', field: 'mentions.users' }, 'refusal');
      }
      same((await pull(weis, group, 0)).head, 1, 'head');
      const seq = await say(weis, group, '@na', { mentions: { users: [na.id] } });
      const edit = { conversation: group, seq, text: '@li', mentions: { users: [li!.id] } };
      same((await weis.refusal('message.edit', edit)).field, 'mentions.users', 'field of the edit');
    },
  },
  {
    id: 'C-SEND-14',
    promise: 'to mention everybody is for owner and admins of a group',
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      const everybody = () => words(group, '@all', { mentions: { all: true } });
      same((await nas.refusal('message.send', everybody())).code, 'forbidden', 'code for a member');
      const { seq } = await weis.ask<Sent>('message.send', everybody());
      const mentions = (await nas.event(group, seq)).data['mentions'] as { all?: boolean };
      same(mentions.all, true, 'mentions.all');
    },
  },
  {
    id: 'C-SEND-15',
    promise: 'replyTo and thread are messages of the same conversation',
    async run(stage) {
      const { wei, na, group, weis } = await pair(stage);
      const other = await stage.group(wei, na);
      const sent = range(2, 9).map((n) => say(weis, other, `elsewhere ${n}`));
      const elsewhere = Math.max(...(await Promise.all(sent)));
      const here = await say(weis, group, 'here');
      for (const field of ['replyTo', 'thread']) {
        for (const seq of [1, elsewhere, 9_999]) {
          const refusal = await weis.refusal('message.send', words(group, 'x', { [field]: seq }));
          check(!refusal.retryable, `${field} ${seq} was ${refusal.code}`);
        }
        const seq = await say(weis, group, field, { [field]: here });
        same((await weis.event(group, seq)).data[field], here, field);
      }
    },
  },
];
