import { expect, test, vi } from 'vitest';
import type { Presence, PresenceSettings } from '../src/index.js';
import {
  id,
  LI,
  live,
  liveClient,
  ME,
  newClient,
  record,
  reconnected,
  ROOM,
  server,
  settle,
  until,
  WANG,
  type Peer,
} from './kit/index.js';

const online = (user: string, version = 1, more: Partial<Presence> = {}): Presence => ({
  user,
  state: 'online',
  version,
  ...more,
});

const signal = (peer: Peer, presence: Presence) =>
  peer.send({ type: 'signals', signals: [{ kind: 'presence', presence }] });

const users = (peer: Peer, op = 'presence.watch') =>
  peer.requests(op).map(({ params }) => (params as { users: string[] }).users);

test('all who are watched in one turn are asked for together, nobody twice', async () => {
  server.world.presences.set(LI, online(LI));
  const client = await liveClient();
  const peer = await server.peer();
  client.presence.watch([LI, WANG]);
  client.presence.watch([LI]);
  expect(client.presence.get(LI)).toBeUndefined();
  await until(() => client.presence.get(LI)?.state === 'online');
  client.presence.watch([LI]);
  await settle();
  expect(users(peer)).toEqual([[LI, WANG]]);
});

test('people who do not exist for me are not shown as offline', async () => {
  const client = await liveClient();
  client.presence.watch([LI]);
  await until(() => server.peers[0]!.requests('presence.watch').length === 1);
  await settle();
  expect(client.presence.get(LI)).toBeUndefined();
});

test('more than 500 are asked for in several requests', async () => {
  const client = await liveClient();
  const many = Array.from({ length: 1_001 }, (_, i) => id(1_000 + i));
  client.presence.watch(many);
  const peer = await server.peer();
  await until(() => users(peer).flat().length === 1_001);
  expect(users(peer).map(({ length }) => length)).toEqual([500, 500, 1]);
});

test('watching ends with the last who watches', async () => {
  server.world.presences.set(LI, online(LI));
  const client = await liveClient();
  const peer = await server.peer();
  const first = client.presence.watch([LI]);
  const second = client.presence.watch([LI]);
  await until(() => client.presence.get(LI));
  first();
  first();
  await settle();
  expect(users(peer, 'presence.unwatch')).toEqual([]);
  second();
  await until(() => users(peer, 'presence.unwatch').length === 1);
  expect(client.presence.get(LI)).toBeUndefined();
  signal(peer, online(LI, 9));
  await settle();
  expect(client.presence.get(LI)).toBeUndefined();
});

test('a component that is taken out and in again in one turn asks for nothing', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  client.presence.watch([LI])();
  client.presence.watch([LI]);
  await until(() => users(peer).length === 1);
  await settle();
  expect(users(peer, 'presence.unwatch')).toEqual([]);
});

test('the highest version counts, whatever told it', async () => {
  server.world.presences.set(LI, online(LI, 5));
  const client = await liveClient();
  const peer = await server.peer();
  server.hold('presence.watch');
  const seen: Presence[] = [];
  client.presence.watch([LI], (presence) => void seen.push(presence));
  const events = record(client, 'presence');
  const asked = await peer.asked('presence.watch');
  signal(peer, online(LI, 7, { state: 'busy' }));
  peer.reply(asked, { presences: [online(LI, 6)] });
  signal(peer, online(LI, 4, { state: 'offline' }));
  await until(() => client.presence.get(LI));
  await settle();
  expect(client.presence.get(LI)).toMatchObject({ state: 'busy', version: 7 });
  expect(seen.map(({ version }) => version)).toEqual([7]);
  expect(events).toEqual(seen);
});

test('they are watched again after a reconnect, and the highest version still counts', async () => {
  server.world.presences.set(LI, online(LI, 5));
  const client = await liveClient();
  client.presence.watch([LI]);
  await until(() => client.presence.get(LI));
  const before = client.presence.get(LI);
  server.world.presences.set(LI, online(LI, 4, { state: 'offline' }));
  (await server.peer()).cut();
  await until(() => client.state.status === 'offline');
  expect(client.presence.get(LI)).toBe(before);
  await reconnected(client);
  await until(() => users(server.peers[1]!).length === 1);
  await settle();
  expect(client.presence.get(LI)).toBe(before);
  signal(server.peers[1]!, online(LI, 6, { state: 'away' }));
  await until(() => client.presence.get(LI)?.state === 'away');
});

test('who is gone for me after a reconnect is not known any more', async () => {
  server.world.presences.set(LI, online(LI));
  const client = await liveClient();
  client.presence.watch([LI]);
  await until(() => client.presence.get(LI));
  server.world.presences.delete(LI);
  (await server.peer()).cut();
  await reconnected(client);
  await until(() => client.presence.get(LI) === undefined);
});

test('after a restored backup versions may start anew', async () => {
  server.world.presences.set(LI, online(LI, 50));
  const client = await liveClient();
  client.presence.watch([LI]);
  await until(() => client.presence.get(LI));
  server.world.presences.set(LI, online(LI, 2, { state: 'away' }));
  server.epoch = id(901);
  (await server.peer()).cut();
  await reconnected(client);
  await until(() => client.presence.get(LI)?.state === 'away');
});

test('watching before connecting is told with the connection', async () => {
  server.world.presences.set(LI, online(LI));
  const client = newClient();
  client.presence.watch([LI]);
  client.connect();
  await live(client);
  await until(() => client.presence.get(LI));
});

test('a refusal that may pass is repeated after the time that the server named', async () => {
  server.world.presences.set(LI, online(LI));
  const client = await liveClient();
  const peer = await server.peer();
  server.hold('presence.watch');
  client.presence.watch([LI]);
  peer.refuse(await peer.asked('presence.watch'), 'rate_limited', true, 3_000);
  await settle();
  client.presence.watch([WANG]);
  await vi.advanceTimersByTimeAsync(2_000);
  await settle();
  expect(users(peer)).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  const request = await peer.asked('presence.watch');
  expect(request.params).toEqual({ users: [LI, WANG] });
});

test('a refusal for good is told once', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  const errors = record(client, 'error');
  server.hold('presence.watch');
  client.presence.watch([LI]);
  peer.refuse(await peer.asked('presence.watch'), 'too_many_watched');
  await until(() => errors.length === 1);
  client.presence.watch([LI]);
  await settle();
  expect(errors[0]!.code).toBe('too_many_watched');
  expect(users(peer)).toHaveLength(1);
});

test('who was missing is asked for again when I come into a conversation', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  client.presence.watch([LI]);
  await until(() => users(peer).length === 1);
  await settle();
  server.world.presences.set(LI, online(LI));
  const added = { conversation: ROOM, from: 1 };
  server.world.room(ROOM, [ME, LI]);
  peer.push(server.world.write(ME, 'membership.added', added, ME));
  await until(() => client.presence.get(LI));
});

test('a status is hidden at its end without a signal, by the time of the server', async () => {
  const status = { text: '开会', until: '2026-01-01T00:30:00Z' };
  server.world.presences.set(LI, online(LI, 1, { status }));
  const client = await liveClient();
  client.presence.watch([LI]);
  await until(() => client.presence.get(LI)?.status);
  const { version } = client.presence;
  await vi.advanceTimersByTimeAsync(29 * 60_000);
  await until(() => client.state.status !== 'catching-up');
  expect(client.presence.get(LI)?.status).toEqual(status);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(client.presence.get(LI)?.status).toBeUndefined();
  expect(client.presence.get(LI)?.version).toBe(1);
  expect(client.presence.version).toBeGreaterThan(version);
});

test('a single look watches nobody', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  const presence = online(LI, 1, { state: 'offline', lastSeenAt: '2026-01-01T00:00:00Z' });
  server.answer('presence.get', () => presence);
  expect(await client.presence.fetch(LI)).toEqual(presence);
  expect(client.presence.get(LI)).toBeUndefined();
  expect(users(peer)).toEqual([]);
});

test('what I choose is told and comes back to all my devices', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  const written = { stream: ME, seq: 1, at: '2026-01-01T00:00:00Z' };
  for (const op of ['presence.set', 'status.set', 'status.clear'] as const)
    server.answer(op, () => written);
  let mine: PresenceSettings | undefined;
  client.presence.mine.subscribe(() => (mine = client.presence.mine.get()));
  await until(() => mine?.availability === 'auto');
  await client.presence.set({ availability: 'busy' });
  const end = new Date('2026-01-01T01:00:00Z');
  await client.presence.setStatus({ text: '开会', emoji: '📅', until: end });
  await client.presence.clearStatus();
  expect(peer.requests('presence.set')[0]!.params).toEqual({ availability: 'busy' });
  expect(peer.requests('status.set')[0]!.params).toEqual({
    text: '开会',
    emoji: '📅',
    until: end.toISOString(),
  });
  expect(peer.requests('status.clear')).toHaveLength(1);
  const chosen = { availability: 'busy', lastSeen: 'nobody' } as const;
  peer.push(server.world.write(ME, 'presence.changed', chosen, ME));
  await until(() => mine?.availability === 'busy');
  expect(mine).toEqual(chosen);
});

test('an answer that an event has overtaken does not bring old settings back', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  server.hold('presence.settings');
  const asking = client.presence.settings();
  const request = await peer.asked('presence.settings');
  const chosen = { availability: 'away', lastSeen: 'everybody' } as const;
  peer.push(server.world.write(ME, 'presence.changed', chosen, ME));
  await until(() => client.presence.mine.get());
  peer.reply(request, { availability: 'auto', lastSeen: 'everybody' });
  expect(await asking).toEqual(chosen);
});

test('nobody being there is told, to the next connection too', async () => {
  const client = await liveClient();
  const said = (peer: Peer) =>
    peer.requests('presence.activity').map(({ params }) => (params as { active: boolean }).active);
  client.presence.activity(true);
  client.presence.activity(false);
  client.presence.activity(false);
  const peer = await server.peer();
  await until(() => said(peer).length > 0);
  peer.cut();
  await reconnected(client);
  await until(() => said(server.peers[1]!).length > 0);
  client.presence.activity(true);
  await until(() => said(server.peers[1]!).length > 1);
  expect([said(peer), said(server.peers[1]!)]).toEqual([[false], [false, true]]);
});
