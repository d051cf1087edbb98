// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { live, liveClient, reconnected, ROOM, server, settle, until } from './kit/index.js';

function visibility(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('the network coming back ends the wait for the next try', async () => {
  const client = await liveClient({ random: () => 1 });
  (await server.peer()).cut();
  await until(() => client.state.status === 'offline');
  window.dispatchEvent(new Event('online'));
  await live(client);
  expect(server.peers).toHaveLength(2);
});

test('a page that becomes visible ends the wait, but not one that the server asked for', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  peer.send({ type: 'go_away', reason: 'overload', retryAfterMs: 9_000 });
  peer.close(1012);
  await until(() => client.state.status === 'offline');
  visibility('hidden');
  visibility('visible');
  window.dispatchEvent(new Event('online'));
  await settle();
  expect(server.peers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(9_000);
  await live(client);
});

test('a hidden page stays connected, and comes back slowly when it was cut', async () => {
  const client = await liveClient({ random: () => 0.5 });
  visibility('hidden');
  await settle();
  expect(client.state.status).toBe('live');
  (await server.peer()).cut();
  await until(() => client.state.status === 'offline');
  expect(client.state.retryInMs).toBe(40_000);
  visibility('visible');
  await live(client);
});

test('after a change of the network an old connection is probed and left if it is dead', async () => {
  const client = await liveClient();
  const peer = await server.peer();
  server.hold('stream.list');
  window.dispatchEvent(new Event('online'));
  await settle();
  expect(peer.open).toEqual([]);
  await vi.advanceTimersByTimeAsync(6_000);
  window.dispatchEvent(new Event('online'));
  const probe = await peer.asked('stream.list');
  peer.reply(probe, { items: [], epoch: server.epoch });
  await settle();
  expect(client.state.status).toBe('live');
  await vi.advanceTimersByTimeAsync(6_000);
  window.dispatchEvent(new Event('online'));
  await peer.asked('stream.list');
  await vi.advanceTimersByTimeAsync(5_000);
  await reconnected(client);
});

test('a connection that is dead when the network goes is left within five seconds', async () => {
  const client = await liveClient();
  server.hold('stream.list');
  window.dispatchEvent(new Event('offline'));
  await (await server.peer()).asked('stream.list');
  await vi.advanceTimersByTimeAsync(5_000);
  await reconnected(client);
  expect(server.peers).toHaveLength(2);
});

test('leaving the page is asked about only while messages wait', async () => {
  server.world.room();
  const client = await liveClient();
  const end = client.preventUnload();
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(leave()).toBe(false);
  server.hold('message.send');
  client.conversation(ROOM).send('hello');
  expect(leave()).toBe(true);
  end();
  expect(leave()).toBe(false);
});

test('a draft is told at once when the page is left, without the usual pause', async () => {
  server.world.room();
  server.hold('draft.set');
  const client = await liveClient();
  const peer = await server.peer();
  client.conversation(ROOM).setDraft('half a thought');
  window.dispatchEvent(new Event('pagehide'));
  await until(() => peer.requests('draft.set').length === 1);
  expect(peer.requests('draft.set')[0]!.params).toMatchObject({ text: 'half a thought' });
  client.conversation(ROOM).setDraft('half a thought more');
  visibility('hidden');
  await until(() => peer.requests('draft.set').length === 2);
  visibility('visible');
});
