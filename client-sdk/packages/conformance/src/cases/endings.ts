import type { Case } from '../run/case.js';
import { check, range, same } from '../run/check.js';
import { beside, say, type Stage } from '../run/stage.js';
import type { Client } from '../wire/client.js';
import type { RawLine } from '../wire/line.js';
import { pair } from './scene.js';

async function guest(stage: Stage): Promise<Client> {
  const [wei] = await stage.people('wei');
  return stage.connect(wei!);
}

/** What only a program can do; cases with it say that they need one. */
function raw(client: Client): RawLine {
  return client.line.raw!;
}

export const endings: readonly Case[] = [
  {
    id: 'C-CLOSE-01',
    promise: '1000 answers a goodbye',
    async run(stage) {
      const client = await guest(stage);
      client.line.close(1000);
      same(await client.closed(), 1000, 'close code');
    },
  },
  {
    id: 'C-CLOSE-02',
    promise: 'a binary message ends with 1003',
    async run(stage) {
      const client = await guest(stage);
      client.line.send(new TextEncoder().encode('{"type":"heartbeat"}'));
      same(await client.closed(), 1003, 'close code');
    },
  },
  {
    id: 'C-CLOSE-03',
    promise: 'text that is not UTF-8 ends with 1007',
    needs: ['program'],
    async run(stage) {
      for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe4, 0xb8]]) {
        const client = await guest(stage);
        raw(client).text(new Uint8Array(bytes));
        same(await client.closed(), 1007, `close code after ${bytes.join(' ')}`);
      }
    },
  },
  {
    id: 'C-CLOSE-04',
    promise: 'a message of frameBytes is taken, one byte more ends with 1009',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const client = await stage.connect(wei!);
      const { frameBytes } = client.welcome.limits;
      const frame = '{"type":"request","id":1,"op":"profile.get"}';
      const reply = client.expect(1, 'profile.get');
      client.line.send(frame.padEnd(frameBytes, ' '));
      check((await reply).ok, 'the largest frame was refused');
      const other = await stage.connect(wei!);
      other.line.send(frame.padEnd(frameBytes + 1, ' '));
      same(await other.closed(), 1009, 'close code');
    },
  },
  {
    id: 'C-CLOSE-05',
    promise: 'a message in fragments is taken, and limited as a whole',
    needs: ['program'],
    async run(stage) {
      const { group, weis, nas } = await pair(stage);
      raw(weis).fragment('{"type":"hea', false);
      raw(weis).fragment('rtbeat"', false);
      raw(weis).fragment('}', true);
      await say(weis, group, 'after it');
      const part = ' '.repeat(Math.ceil(nas.welcome.limits.frameBytes / 10));
      for (const last of [...range(1, 10).map(() => false), true]) raw(nas).fragment(part, last);
      same(await nas.closed(), 1009, 'close code');
    },
  },
  {
    id: 'C-CLOSE-06',
    promise: 'more than 64 fragments end with 1008',
    needs: ['program'],
    async run(stage) {
      const client = await guest(stage);
      for (let i = 0; i < 70; i++) raw(client).fragment(' ', false);
      same(await client.closed(), 1008, 'close code');
    },
  },
  {
    id: 'C-CLOSE-07',
    promise: 'a frame against RFC 6455 ends with 1002',
    needs: ['program'],
    async run(stage) {
      const client = await guest(stage);
      raw(client).unmasked('{"type":"heartbeat"}');
      same(await client.closed(), 1002, 'close code');
    },
  },
  {
    id: 'C-CLOSE-08',
    promise: 'a flood of pings ends with 1008',
    needs: ['program'],
    async run(stage) {
      const client = await guest(stage);
      for (let i = 0; i < 2_100 && !client.ended; i++) raw(client).ping();
      same(await client.closed(), 1008, 'close code');
    },
  },
  {
    id: 'C-CLOSE-09',
    promise: 'a flood of heartbeats ends with 1008',
    async run(stage) {
      const client = await guest(stage);
      for (let i = 0; i < 2_100 && !client.ended; i++) client.send({ type: 'heartbeat' });
      same(await client.closed(), 1008, 'close code');
    },
  },
  {
    id: 'C-CLOSE-10',
    promise: 'of too many connections of a user the oldest is closed with 4403',
    async run(stage) {
      const [wei] = await stage.people('wei');
      const oldest = await stage.connect(wei!);
      const later: Client[] = [];
      while (!oldest.ended && later.length < 40) {
        later.push(await stage.connect(wei!));
        await later.at(-1)!.ask('profile.get');
      }
      if (!oldest.ended) stage.skip('40 connections of one user are allowed here');
      const { code, error } = await oldest.refused();
      same([error, code], ['superseded', 4403], 'the end of the oldest');
      // While the first goodbye was on its way, one or two more may have been told the same.
      await later.at(-1)!.ask('profile.get');
      const over = later.map((client) => client.ended);
      same(over, [...over].sort().reverse(), 'which of the later ones ended');
    },
  },
  {
    id: 'C-CLOSE-11',
    promise: 'a connection from which nothing comes is closed with 4408',
    slow: true,
    async run(stage) {
      const [wei, na] = await stage.people('wei', 'na');
      const silent = await stage.connect(wei!);
      // 65 s beside heartbeats of 25 s; a server with quicker heartbeats mostly has both.
      const longest = Math.max(10_000, silent.welcome.heartbeatMs * 3);
      stage.waitsFor('to be silent for long enough', longest);
      silent.answersHeartbeats = false;
      const good = await stage.connect(na!);
      const { code, error } = await silent.refused(longest + stage.patienceMs);
      same([error, code], ['idle_timeout', 4408], 'the end');
      await good.ask('profile.get');
    },
  },
  {
    id: 'C-CLOSE-12',
    promise: 'the contract tells of each close code whether to reconnect',
    async run(stage) {
      const codes = stage.contract.asyncapi['x-magpie-close-codes'];
      const told = Object.entries(codes).map(([code, { reconnect }]) => `${code} ${reconnect}`);
      const text =
        '1000 no,1002 no,1003 no,1007 no,1008 no,1009 no,1011 yes,1012 yes,1013 yes,' +
        '4400 no,4401 login,4403 no,4408 yes,4429 yes';
      same(told, text.split(','), 'close codes');
    },
  },
  {
    id: 'C-CLOSE-13',
    promise: 'whoever says goodbye, at whatever moment, disturbs nobody',
    async run(stage) {
      const { na, group, weis, nas } = await pair(stage);
      const sent: Promise<number>[] = [];
      for (let i = 0; i < 20; i++) {
        const leaver = await stage.connect(na);
        sent.push(beside(say(weis, group, `message ${i}`)));
        // An answer is on its way when the goodbye is read.
        leaver.line.send('{}');
        leaver.line.close(1000);
        sent.push(beside(say(weis, group, 'and another one')));
      }
      const head = Math.max(...(await Promise.all(sent)));
      await Promise.all([weis, nas].map((client) => client.event(group, head)));
      same(nas.seqs(group), range(2, 41), 'events');
    },
  },
];
