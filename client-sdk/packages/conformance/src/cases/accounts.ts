import type { Case } from '../run/case.js';
import { check, same } from '../run/check.js';
import type { Stage } from '../run/stage.js';
import type { Tokens } from '../wire/types.js';

const PASSWORD = 'conformance 鹊桥 1';

interface Member {
  readonly id: string;
  readonly username: string;
}

/** Somebody with a password, made by the super admin and disabled when the case is over. */
async function withMember(stage: Stage, act: (member: Member) => Promise<void>): Promise<void> {
  const { http } = stage;
  const username = stage.name.replace('conformance', 'c').toLowerCase();
  const person = { username, displayName: stage.name };
  const made = await http.ask<{ user: { id: string }; link: { token: string } }>(
    'user.create',
    person,
    await stage.desk.admin(),
  );
  await http.ask('link.redeem', { token: made.link.token, password: PASSWORD });
  try {
    await act({ id: made.user.id, username });
  } finally {
    const disable = { user: made.user.id, disabled: true };
    await http.ask('user.update', disable, await stage.desk.admin());
  }
}

function login(stage: Stage, { username }: Member, device = 'laptop'): Promise<Tokens> {
  return stage.http.ask<Tokens>('session.create', { username, password: PASSWORD, device });
}

async function connect(stage: Stage, { accessToken }: Tokens) {
  const client = await stage.socket();
  await client.hello(accessToken);
  return client;
}

export const accounts: readonly Case[] = [
  {
    id: 'C-AUTH-01',
    promise: 'a refresh token gives a new pair; shown again at once it gives the same successor',
    needs: ['admin'],
    run: (stage) =>
      withMember(stage, async (member) => {
        const first = await login(stage, member);
        const refresh = (tokens: Tokens) =>
          stage.http.ask<Tokens>('session.refresh', { refreshToken: tokens.refreshToken });
        const second = await refresh(first);
        check(second.refreshToken !== first.refreshToken, 'the refresh token is the same');
        same(second.session, first.session, 'session');
        same((await refresh(first)).refreshToken, second.refreshToken, 'the successor');
        await stage.http.ask('profile.get', {}, second.accessToken);
        await stage.http.send('session.revoke', { session: 'current' }, second.accessToken);
      }),
  },
  {
    id: 'C-AUTH-02',
    promise: 'a refresh token shown after its successor was used ends the session',
    needs: ['admin'],
    run: (stage) =>
      withMember(stage, async (member) => {
        const first = await login(stage, member);
        const client = await connect(stage, first);
        const second = await stage.http.ask<Tokens>('session.refresh', {
          refreshToken: first.refreshToken,
        });
        await stage.http.ask('session.refresh', { refreshToken: second.refreshToken });
        const stolen = { refreshToken: first.refreshToken };
        same((await stage.http.refusal('session.refresh', stolen)).code, 'session_revoked', 'code');
        same(await client.closed(), 4401, 'close code');
      }),
  },
  {
    id: 'C-AUTH-03',
    promise: 'a wrong password and an unknown user are refused alike',
    needs: ['admin'],
    run: (stage) =>
      withMember(stage, async ({ username }) => {
        const wrong = { username, password: 'not this one' };
        const refusal = await stage.http.refusal('session.create', wrong);
        same(refusal.code, 'wrong_credentials', 'code');
        const nobody = { ...wrong, username: `${username.slice(0, 28)}-no` };
        same(await stage.http.refusal('session.create', nobody), refusal, 'an unknown user');
      }),
  },
  {
    id: 'C-AUTH-04',
    promise: 'a new password ends the other sessions and not this one',
    needs: ['admin'],
    run: (stage) =>
      withMember(stage, async (member) => {
        const [here, there] = await Promise.all([
          login(stage, member),
          login(stage, member, 'phone'),
        ]);
        const [mine, other] = [await connect(stage, here), await connect(stage, there)];
        const params = { currentPassword: PASSWORD, newPassword: `${PASSWORD}2` };
        await mine.ask('password.change', params);
        same(await other.closed(), 4401, 'close code of the other session');
        await mine.ask('profile.get');
        await mine.ask('session.revoke', { session: 'current' });
      }),
  },
  {
    id: 'C-AUTH-05',
    promise: 'a user who is disabled is out at once',
    needs: ['admin'],
    run: (stage) =>
      withMember(stage, async (member) => {
        const tokens = await login(stage, member);
        const client = await connect(stage, tokens);
        const disable = { user: member.id, disabled: true };
        await stage.http.ask('user.update', disable, await stage.desk.admin());
        const { code, error } = await client.refused();
        same([error, code], ['session_revoked', 4401], 'the end');
        const again = { username: member.username, password: PASSWORD };
        check(!(await stage.http.send('session.create', again)).ok, 'the login was let in');
      }),
  },
  {
    id: 'C-AUTH-06',
    promise: 'the cookie of own pages is HttpOnly, and writes with it need X-Magpie-Csrf',
    needs: ['admin', 'program'],
    run: (stage) =>
      withMember(stage, async ({ username }) => {
        const params = { username, password: PASSWORD, cookie: true };
        const answer = await stage.http.send('session.create', params);
        check((answer.body as Tokens).refreshToken === undefined, 'a refresh token came with it');
        const cookie = answer.headers
          .getSetCookie()
          .find((one) => one.startsWith('__Host-magpie='));
        check(cookie !== undefined, 'there is no cookie __Host-magpie');
        for (const word of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
          check(cookie.toLowerCase().includes(word.toLowerCase()), `the cookie is not ${word}`);
        const ask = (headers: Record<string, string>) =>
          fetch(`${stage.node().url}/api/v1/sessions/current`, {
            method: 'DELETE',
            headers: { Cookie: cookie.split(';')[0]!, ...headers },
          });
        const refused = (await (await ask({})).json()) as { code: string };
        same(refused.code, 'csrf_refused', 'code without the header');
        same((await ask({ 'X-Magpie-Csrf': '1' })).status, 200, 'status with the header');
      }),
  },
  {
    id: 'C-AUTH-07',
    promise:
      'an app gets tokens for users of its own; one external id is one user, and later calls rename',
    async run(stage) {
      const wei = await stage.person('wei');
      const again = await stage.desk.token(wei.externalId, '伟', wei.device);
      same([again.id, again.session], [wei.id, wei.session], 'user and session');
      const user = await stage.http.ask('user.get', { user: wei.id }, wei.token);
      same(user['displayName'], '伟', 'name');
    },
  },
  {
    id: 'C-AUTH-08',
    promise: 'a key that is none gets no tokens',
    async run(stage) {
      const params = { app: stage.desk.app, externalId: 'x', displayName: 'x' };
      const [wei] = await stage.people('wei');
      for (const key of ['mk_none', wei!.token, '']) {
        const answer = await stage.http.send('app.token', params, key);
        same(answer.status, 401, 'status');
      }
    },
  },
];
