import type { Case } from '../run/case.js';
import { check, same } from '../run/check.js';
import type { Person } from '../run/desk.js';
import { uuid, type Stage } from '../run/stage.js';
import type { Client } from '../wire/client.js';
import type { Presence } from '../wire/types.js';

/** Wei, who watches Na; they are in a group, so that even guests may see each other. */
async function watching(stage: Stage, node = 0) {
  const [wei, na] = (await stage.people('wei', 'na')) as [Person, Person];
  await stage.group(wei, na);
  const weis = await stage.connect(wei);
  if (!weis.welcome.features.includes('presence')) stage.skip('this server has no presence');
  const { presences } = await weis.ask<{ presences: Presence[] }>('presence.watch', {
    users: [na.id],
  });
  const connect = (person = na) => stage.connect(person, {}, node);
  return { wei, na, weis, first: presences[0]!, connect };
}

/** What came of a user, in the order in which it came. */
function told(client: Client, user: string): Presence[] {
  return client
    .signals()
    .flatMap((signal) => (signal.presence?.user === user ? [signal.presence] : []));
}

/** Waits until the newest that came of a user fits. */
async function shown(
  client: Client,
  user: string,
  what: string,
  fits: (presence: Presence) => boolean,
): Promise<Presence> {
  await client.until(what, () => told(client, user).slice(-1).some(fits));
  return told(client, user).at(-1)!;
}

function state(client: Client, user: string, wanted: string): Promise<Presence> {
  return shown(client, user, `presence ${wanted}`, (presence) => presence.state === wanted);
}

export const presence: readonly Case[] = [
  {
    id: 'C-PRESENCE-01',
    promise: 'who watches gets what is true now, then each change, until the last device is gone',
    async run(stage) {
      const { na, weis, first, connect } = await watching(stage);
      same([first.user, first.state], [na.id, 'offline'], 'at first');
      check(first.lastSeenAt === undefined, 'who was never here has lastSeenAt');
      const nas = await connect();
      check(
        (await state(weis, na.id, 'online')).lastSeenAt === undefined,
        'online with lastSeenAt',
      );
      nas.close();
      const { lastSeenAt } = await state(weis, na.id, 'offline');
      check(lastSeenAt !== undefined, 'offline without lastSeenAt');
    },
  },
  {
    id: 'C-PRESENCE-02',
    promise: 'idle on all devices is away, active on one is online, and one that is left is enough',
    async run(stage) {
      const { na, weis, connect } = await watching(stage);
      const laptop = await connect();
      const phone = await connect(await stage.again(na, 'phone'));
      await state(weis, na.id, 'online');
      for (const device of [laptop, phone])
        await device.ask('presence.activity', { active: false });
      await state(weis, na.id, 'away');
      await phone.ask('presence.activity', { active: true });
      await state(weis, na.id, 'online');
      phone.close();
      await state(weis, na.id, 'away');
      const states = told(weis, na.id).map((one) => one.state);
      check(!states.includes('offline'), `told ${states.join(', ')} while a device was there`);
    },
  },
  {
    id: 'C-PRESENCE-03',
    promise: 'what somebody chose stands in the place of online and away',
    async run(stage) {
      const { na, weis, connect } = await watching(stage);
      const nas = await connect();
      for (const availability of ['busy', 'do_not_disturb', 'away']) {
        await nas.ask('presence.set', { availability });
        await state(weis, na.id, availability);
      }
      await nas.ask('presence.set', { availability: 'auto' });
      await state(weis, na.id, 'online');
    },
  },
  {
    id: 'C-PRESENCE-04',
    promise: 'who appears offline shows neither status nor last seen',
    async run(stage) {
      const { na, weis, connect } = await watching(stage);
      const nas = await connect();
      await state(weis, na.id, 'online');
      await nas.ask('status.set', { emoji: '🌴', text: 'on leave' });
      await shown(weis, na.id, 'status', (one) => one.status?.text === 'on leave');
      await nas.ask('presence.set', { availability: 'offline' });
      const { status, lastSeenAt } = await state(weis, na.id, 'offline');
      same([status, lastSeenAt], [undefined, undefined], 'status and last seen');
    },
  },
  {
    id: 'C-PRESENCE-05',
    promise: 'a status is shown until it is cleared, or until its time',
    async run(stage) {
      const { na, weis, connect } = await watching(stage);
      const nas = await connect();
      await nas.ask('status.set', { emoji: '🍜', text: 'lunch' });
      const { status } = await shown(weis, na.id, 'status', (one) => one.status !== undefined);
      same(status, { emoji: '🍜', text: 'lunch' }, 'status');
      await nas.ask('status.clear');
      await shown(weis, na.id, 'end of the status', (one) => one.status === undefined);
      const clock = Date.parse((await connect()).welcome.serverTime);
      const until = new Date(clock + 2_500).toISOString();
      await nas.ask('status.set', { text: 'back soon', until });
      await shown(weis, na.id, 'status', (one) => one.status?.until === until);
      await shown(weis, na.id, 'end of the status', (one) => one.status === undefined);
    },
  },
  {
    id: 'C-PRESENCE-06',
    promise: 'versions go up, changes are put together, and the last one told is what is true',
    async run(stage) {
      const { na, weis, connect } = await watching(stage);
      const nas = await connect();
      await state(weis, na.id, 'online');
      for (let i = 0; i < 15; i++) await nas.ask('status.set', { text: `status ${i}` });
      await shown(weis, na.id, 'last status', (one) => one.status?.text === 'status 14');
      const versions = told(weis, na.id).map(({ version }) => version);
      const rising = versions.every((version, i) => i === 0 || version > versions[i - 1]!);
      check(rising, `versions ${versions.join(', ')}`);
      check(versions.length <= 17, `${versions.length} signals for 16 changes`);
      const now = await weis.ask<Presence>('presence.get', { user: na.id });
      same(now, told(weis, na.id).at(-1), 'presence.get');
    },
  },
  {
    id: 'C-PRESENCE-07',
    promise: 'what I chose is on all my devices, as an event of the inbox',
    async run(stage) {
      const { na, connect } = await watching(stage);
      const nas = await connect();
      const phone = await connect(await stage.again(na, 'phone'));
      await nas.ask('presence.set', { availability: 'busy', lastSeen: 'nobody' });
      const chosen = { availability: 'busy', lastSeen: 'nobody' };
      same((await phone.eventOf(na.id, 'presence.changed')).data, chosen, 'data');
      same(await phone.ask('presence.settings'), chosen, 'presence.settings');
    },
  },
  {
    id: 'C-PRESENCE-08',
    promise: 'who lets nobody see when they were there last is offline without a time',
    async run(stage) {
      const { na, weis, connect } = await watching(stage);
      const nas = await connect();
      await state(weis, na.id, 'online');
      await nas.ask('presence.set', { lastSeen: 'nobody' });
      nas.close();
      same((await state(weis, na.id, 'offline')).lastSeenAt, undefined, 'lastSeenAt');
    },
  },
  {
    id: 'C-PRESENCE-09',
    promise: 'who does not exist is missing; who is not watched, or no longer, is not told of',
    async run(stage) {
      const { wei, na, weis, connect } = await watching(stage);
      const { presences } = await weis.ask<{ presences: Presence[] }>('presence.watch', {
        users: [uuid(), na.id],
      });
      same(
        presences.map(({ user }) => user),
        [na.id],
        'who is told of',
      );
      const other = await stage.connect(wei);
      await other.ask('presence.watch', { users: [na.id] });
      await weis.ask('presence.unwatch', { users: [na.id] });
      const before = told(weis, na.id).length;
      const nas = await connect();
      await state(other, na.id, 'online');
      await nas.ask('status.set', { text: 'who sees this?' });
      await shown(other, na.id, 'status', (one) => one.status !== undefined);
      same(told(weis, na.id).length, before, 'signals after presence.unwatch');
      same(told(nas, wei.id), [], 'signals to Na, who watches nobody');
    },
  },
];
