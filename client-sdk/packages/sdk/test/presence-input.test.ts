// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { liveClient, server, settle, until } from './kit/index.js';

function visibility(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

const said = () =>
  server.peers.flatMap((peer) =>
    peer.requests('presence.activity').map(({ params }) => (params as { active: boolean }).active),
  );

/** Lets minutes pass with the heartbeats of a server. */
async function minutes(count: number): Promise<void> {
  const peer = await server.peer();
  for (let i = 0; i < count * 3; i++) {
    await vi.advanceTimersByTimeAsync(20_000);
    server.heartbeat(peer);
    await settle();
  }
}

test('a hidden page is not active, one that is looked at again is', async () => {
  await liveClient();
  visibility('hidden');
  await until(() => said().length === 1);
  window.dispatchEvent(new Event('pointermove'));
  await settle();
  visibility('visible');
  await until(() => said().length === 2);
  expect(said()).toEqual([false, true]);
});

test('five minutes without input are not active, the next input is', async () => {
  await liveClient();
  await minutes(4);
  window.dispatchEvent(new Event('keydown'));
  await minutes(4);
  expect(said()).toEqual([]);
  await minutes(2);
  await until(() => said().length === 1);
  window.dispatchEvent(new Event('pointermove'));
  await until(() => said().length === 2);
  expect(said()).toEqual([false, true]);
});

test('a closed client listens no more', async () => {
  const client = await liveClient();
  await client.close();
  visibility('hidden');
  await settle();
  visibility('visible');
  expect(said()).toEqual([]);
});
