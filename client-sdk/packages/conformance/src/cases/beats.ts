import type { Case } from '../run/case.js';
import { check, same } from '../run/check.js';
import { say } from '../run/stage.js';
import { digest, fnv1a } from '../wire/digest.js';
import { pair } from './scene.js';

export const beats: readonly Case[] = [
  {
    id: 'C-BEAT-01',
    promise: 'FNV-1a as the protocol writes it (the suite against itself)',
    async run() {
      const values = ['', 'a', 'foobar'].map(fnv1a);
      same(values, [0x811c9dc5, 0xe40c292c, 0xbf9cf968], 'hashes');
      const two = new Map([
        ['6f1c2d3e-0a1b-4c2d-8e3f-4a5b6c7d8e9f', 2],
        ['b2d5e8f1-1c2d-4e3f-9a4b-5c6d7e8f9a0b', 17],
      ]);
      same(digest(two), 0x7044a60e, 'hash of two streams');
    },
  },
  {
    id: 'C-BEAT-02',
    promise: 'heartbeats come every heartbeatMs; who answers them stays connected',
    slow: true,
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const { heartbeatMs } = client.welcome;
      const beats = heartbeatMs <= 5_000 ? 3 : 1;
      stage.waitsFor('a heartbeat', heartbeatMs * beats);
      const began = Date.now();
      await client.until(
        'heartbeats',
        () => client.frames.filter((f) => f.type === 'heartbeat').length >= beats,
        heartbeatMs * beats + stage.patienceMs,
      );
      const took = Date.now() - began;
      check(took > heartbeatMs * beats * 0.7 - 1_000, `${beats} heartbeats came in ${took} ms`);
      await client.ask('profile.get');
    },
  },
  {
    id: 'C-BEAT-03',
    promise: 'count and hash of a heartbeat are those of the streams; heads names what moved',
    slow: true,
    async run(stage) {
      const { wei, na, weis, nas, group } = await pair(stage);
      const { heartbeatMs } = nas.welcome;
      stage.waitsFor('two heartbeats', heartbeatMs);
      const quiet = await stage.group(wei, na);
      await nas.event(quiet, 1);
      const seq = await say(weis, group, 'something moved');
      await nas.event(group, seq);
      const beat = await nas.frame(
        'heartbeat',
        (f) => f.heads[group] === seq,
        heartbeatMs * 2 + stage.patienceMs,
      );
      same(beat.count, 3, 'count');
      same(beat.hash, digest(nas.cursors), 'hash');
    },
  },
  {
    id: 'C-BEAT-04',
    promise: 'a stream that is no longer mine is not counted any more',
    slow: true,
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const { heartbeatMs } = nas.welcome;
      stage.waitsFor('two heartbeats', heartbeatMs);
      await weis.ask('member.remove', { conversation: group, user: na.id });
      await nas.eventOf(na.id, 'membership.removed');
      await nas.event(group, 2);
      const beat = await nas.frame(
        'heartbeat',
        (f) => f.heads[na.id] !== undefined,
        heartbeatMs * 2 + stage.patienceMs,
      );
      same([beat.count, beat.hash], [1, digest(nas.cursors)], 'count and hash');
    },
  },
];
