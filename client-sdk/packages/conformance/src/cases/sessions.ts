import type { Case } from '../run/case.js';
import { check, same } from '../run/check.js';
import { say, uuid, words, type Stage } from '../run/stage.js';
import type { Client } from '../wire/client.js';
import { all, history, pair } from './scene.js';

/** How long this connection's token still lives, by the server's clock. */
function left(client: Client): number {
  const { expiresAt, serverTime } = client.welcome;
  return Date.parse(expiresAt) - Date.parse(serverTime);
}

async function ends(client: Client, within: number): Promise<string> {
  const { code, error } = await client.refused(within);
  return `${error} ${code}`;
}

async function helloWith(stage: Stage, token: string): Promise<string> {
  const client = await stage.socket();
  client.send({ type: 'hello', token });
  return ends(client, stage.patienceMs);
}

/** The promise is a second; the rest is for machines that are busy with all the other cases. */
function soon(stage: Stage): number {
  return stage.patienceMs / 2;
}

export const sessions: readonly Case[] = [
  {
    id: 'C-TOKEN-01',
    promise: 'token_expiring comes before the end, and session.reauth moves the end',
    slow: true,
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      stage.waitsFor('a token to end', left(client) + 1_000);
      const told = await client.frame('token_expiring', () => true, left(client));
      same(told.expiresAt, client.welcome.expiresAt, 'expiresAt');
      await stage.eventually('later token', async () => {
        const fresh = await stage.again(wei!);
        const { expiresAt } = await client.ask('session.reauth', { token: fresh.token });
        return Date.parse(String(expiresAt)) > Date.parse(told.expiresAt);
      });
      const other = await stage.connect(await stage.again(wei!, 'phone'));
      const end = Date.parse(told.expiresAt) - Date.parse(other.welcome.serverTime) + 1_000;
      await client.closed(end).catch(() => undefined);
      check(!client.ended, 'the connection ended with the first token');
      await client.ask('profile.get');
    },
  },
  {
    id: 'C-TOKEN-02',
    promise: 'without a fresh token the connection ends with 4401 after expiry and leeway',
    slow: true,
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      stage.waitsFor('a token to end', left(client));
      const leeway = 65_000;
      same(await ends(client, left(client) + leeway), 'token_expired 4401', 'the end');
      same(await helloWith(stage, wei!.token), 'token_expired 4401', 'hello with that token');
    },
  },
  {
    id: 'C-TOKEN-03',
    promise: 'a token of another user or another session ends the connection with 1008',
    async run(stage) {
      const [wei, na] = await stage.people('wei', 'na');
      const phone = await stage.again(wei!, 'phone');
      check(phone.session !== wei!.session, 'another device is another session');
      for (const { token } of [na!, phone]) {
        const client = await stage.connect(wei!);
        void client.start('session.reauth', { token });
        same(await client.closed(), 1008, 'close code');
      }
    },
  },
  {
    id: 'C-TOKEN-04',
    promise: 'session.reauth with something else is refused and changes nothing',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const refusal = await client.refusal('session.reauth', { token: 'not-a-token' });
      same(refusal.code, 'unauthenticated', 'code');
      await client.ask('profile.get');
    },
  },
  {
    id: 'C-TOKEN-05',
    promise: 'a token that somebody changed is no good, over WebSocket and HTTP',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const [head, body, signature] = wei!.token.split('.') as [string, string, string];
      const flipped = signature.startsWith('A') ? 'B' : 'A';
      const none = btoa('{"alg":"none","typ":"JWT"}').replaceAll('=', '');
      const bad = [
        `${head}.${body}.${flipped}${signature.slice(1)}`,
        `${head}.${body}.`,
        `${none}.${body}.`,
        `${head}.${body.slice(0, -2)}.${signature}`,
      ];
      for (const token of bad) {
        same(await helloWith(stage, token), 'unauthenticated 4401', 'hello');
        const answer = await stage.http.send('profile.get', {}, token);
        same(answer.status, 401, 'status over HTTP');
      }
    },
  },
  {
    id: 'C-SESSION-01',
    promise: 'logging out over HTTP closes the connection with session_revoked and 4401',
    async run(stage) {
      const { wei, group, weis, nas } = await pair(stage);
      await stage.http.ask('session.revoke', { session: 'current' }, wei.token);
      void weis.start('message.send', words(group, 'after the logout'));
      same(await ends(weis, soon(stage)), 'session_revoked 4401', 'the end');
      const seq = await say(nas, group, 'who is there?');
      same(seq, 2, 'number of the next message');
      same((await history(nas, group)).length, 1, 'messages');
      const answer = await stage.http.send('profile.get', {}, wei.token);
      same(answer.status, 401, 'status over HTTP afterwards');
      check((await helloWith(stage, wei.token)).endsWith(' 4401'), 'hello was let in');
    },
  },
  {
    id: 'C-SESSION-02',
    promise: 'session.revoke over the WebSocket: the reply comes, then the connection ends',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      await client.ask('session.revoke', { session: 'current' });
      same(await ends(client, soon(stage)), 'session_revoked 4401', 'the end');
    },
  },
  {
    id: 'C-SESSION-03',
    promise: 'another device is ended from here, and only that one',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const phone = await stage.again(wei!, 'phone');
      const [here, there] = await Promise.all([stage.connect(wei!), stage.connect(phone)]);
      const listed = await all<{ id: string; device: string; current: boolean }>(
        here,
        'session.list',
      );
      const current = listed.filter((one) => one.current).map(({ id }) => id);
      same(current, [wei!.session], 'the current session');
      same(listed.find(({ id }) => id === phone.session)?.device, 'phone', 'the other device');
      await here.ask('session.revoke', { session: phone.session });
      same(await ends(there, soon(stage)), 'session_revoked 4401', 'the end of the other one');
      await here.ask('profile.get');
    },
  },
  {
    id: 'C-SESSION-04',
    promise: "somebody else's session cannot be ended",
    async run(stage) {
      const { na, weis, nas } = await pair(stage);
      const refusal = await weis.refusal('session.revoke', { session: na.session });
      same(refusal, await weis.refusal('session.revoke', { session: uuid() }), 'refusal');
      await nas.ask('profile.get');
    },
  },
];
