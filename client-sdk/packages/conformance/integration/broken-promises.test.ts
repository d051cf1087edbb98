import { describe, expect, it } from 'vitest';
import { cases, run, type Result } from '../src/index.js';
import { nodePlatform } from '../src/node.js';
import { tamperingProxy, type Frame, type Tampering } from './tampering-proxy.js';

const target = process.env['MAGPIE_URL'] ?? 'http://127.0.0.1:8080';
const password = process.env['MAGPIE_DEMO_PASSWORD'] ?? '';

async function resultsOf(ids: readonly string[], tamper: () => Tampering): Promise<Result[]> {
  const proxy = await tamperingProxy(target, tamper);
  try {
    return await run({
      urls: [proxy.url],
      credentials: { username: 'admin', password },
      platform: nodePlatform,
      cases: cases.filter((one) => ids.includes(one.id)),
      patienceMs: 3_000,
    });
  } finally {
    proxy.close();
  }
}

function isMessage(frame: Frame): boolean {
  return frame['type'] === 'events' && frame['events'][0].kind === 'message.sent';
}

function isAck(frame: Frame): boolean {
  return frame['type'] === 'reply' && frame['ok'] && frame['result'].duplicate !== undefined;
}

/** Each event in a frame of its own, so that one can be taken alone. */
function oneByOne(frame: Frame, act: (frame: Frame) => void): void {
  if (frame['type'] !== 'events') act(frame);
  else for (const event of frame['events']) act({ type: 'events', events: [event] });
}

/** What a server does wrong, and the case that has to find it. */
const mistakes: [string, string, () => Tampering][] = [
  [
    'loses an event',
    'C-SEND-05',
    () => {
      let messages = 0;
      return {
        toClient: (frame, pass) =>
          oneByOne(frame, (one) => {
            if (!isMessage(one) || ++messages !== 3) pass(one);
          }),
      };
    },
  ],
  [
    'swaps two events',
    'C-STREAM-02',
    () => {
      let held: Frame | undefined;
      let messages = 0;
      return {
        toClient: (frame, pass) =>
          oneByOne(frame, (one) => {
            if (isMessage(one) && ++messages === 3) {
              held = one;
              return;
            }
            pass(one);
            if (isMessage(one) && held !== undefined) pass(held);
            if (isMessage(one)) held = undefined;
          }),
      };
    },
  ],
  [
    'pushes an event twice',
    'C-RESUME-01',
    () => ({
      toClient: (frame, pass) => {
        pass(frame);
        if (isMessage(frame)) pass(frame);
      },
    }),
  ],
  [
    'acknowledges twice',
    'C-SEND-08',
    () => ({
      toClient: (frame, pass) => {
        pass(frame);
        if (isAck(frame)) pass(frame);
      },
    }),
  ],
  [
    'acknowledges with another number',
    'C-SEND-01',
    () => ({
      toClient: (frame, pass) => {
        if (isAck(frame)) frame['result'].seq += 1;
        pass(frame);
      },
    }),
  ],
  [
    'acknowledges what it does not store',
    'C-SEND-01',
    () => ({
      toServer: (frame, pass, answer) => {
        if (frame['op'] !== 'message.send') pass(frame);
        else
          answer({
            type: 'reply',
            id: frame['id'],
            ok: true,
            result: {
              conversation: frame['params'].conversation,
              seq: 2,
              at: '2026-01-31T08:15:30.125Z',
              duplicate: false,
            },
          });
      },
    }),
  ],
  [
    'stores a repeated send again',
    'C-SEND-02',
    () => ({
      toServer: (frame, pass) => {
        const other = String(frame['id']).padStart(12, '0');
        if (frame['op'] === 'message.send')
          frame['params'].clientId = `00000000-0000-4000-8000-${other}`;
        pass(frame);
      },
    }),
  ],
  [
    'never answers',
    'C-SEND-10',
    () => ({
      toServer: (frame, pass) => {
        if (frame['op'] !== 'message.send') pass(frame);
      },
    }),
  ],
  [
    'is silent about a cursor that cannot be resumed',
    'C-RESUME-03',
    () => ({
      toClient: (frame, pass) => {
        if (frame['type'] !== 'resync_required') pass(frame);
      },
    }),
  ],
  [
    'resumes one event too late',
    'C-RESUME-01',
    () => ({
      toServer: (frame, pass) => {
        const cursors = frame['cursors'] as Record<string, number> | undefined;
        for (const stream of Object.keys(cursors ?? {})) cursors![stream]! += 1;
        pass(frame);
      },
    }),
  ],
  [
    'delivers to somebody who was removed',
    'C-MEMBER-02',
    () => ({
      toClient: (frame, pass) =>
        oneByOne(frame, (one) => {
          pass(one);
          const event = one['events']?.[0];
          if (event?.kind !== 'member.removed') return;
          const data = { body: { type: 'text', text: 'not for you' } };
          const later = { ...event, seq: event.seq + 1, kind: 'message.sent', data };
          pass({ type: 'events', events: [later] });
        }),
    }),
  ],
  [
    'tells what exists from what does not',
    'C-MEMBER-10',
    () => ({
      toClient: (frame, pass) => {
        if (frame['error']?.code === 'not_found' && frame['id'] % 2 === 1)
          frame['error'].code = 'forbidden';
        pass(frame);
      },
    }),
  ],
  [
    'sends a field that is not in the contract',
    'C-HELLO-01',
    () => ({
      toClient: (frame, pass) =>
        pass(frame['type'] === 'welcome' ? { ...frame, colour: 1 } : frame),
    }),
  ],
  [
    'calls an error retryable that is not',
    'C-ERROR-01',
    () => ({
      toClient: (frame, pass) => {
        if (frame['error'] !== undefined) frame['error'].retryable = true;
        pass(frame);
      },
    }),
  ],
  [
    'lets a position go back',
    'C-POS-02',
    () => ({
      toClient: (frame, pass) => {
        const moved = frame['result']?.positions;
        if (moved !== undefined) for (const one of moved) one.read = Math.min(one.read, 2);
        pass(frame);
      },
    }),
  ],
];

describe('a server that breaks a promise', () => {
  it.each(mistakes)('that %s fails %s', async (_, id, tamper) => {
    const [broken] = await resultsOf([id], tamper);
    expect(broken).toMatchObject({ id, verdict: 'fail' });
  });

  it('that breaks none passes all of these, also behind a proxy', async () => {
    const ids = mistakes.map(([, id]) => id);
    const passed = await resultsOf(ids, () => ({}));
    expect(passed.length).toBe(new Set(ids).size);
    expect(passed.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });
});
