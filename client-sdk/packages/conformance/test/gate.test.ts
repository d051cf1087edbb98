import { describe, expect, it } from 'vitest';
import { Gate } from '../src/wire/gate.js';
import type { Event } from '../src/wire/types.js';

const ME = 'me';
const STREAM = 'stream';

function event(seq: number, kind = 'message.sent', data: Event['data'] = {}): Event {
  return { stream: STREAM, seq, kind, at: '', by: 'somebody', data };
}

const removed = (seq: number, user = ME) => event(seq, 'member.removed', { user });
const added = (seq: number, user = ME) => event(seq, 'member.added', { members: [{ user }] });

/** What is wrong with the last of these events. */
function wrong(after: number, ...events: Event[]): string | undefined {
  const gate = new Gate(ME);
  gate.listed([{ stream: STREAM, kind: 'conversation', head: after, after }]);
  return events.map((one) => gate.wrong(one)).at(-1);
}

describe('the gate', () => {
  it('lets events through in order', () => {
    expect(wrong(4, event(5), event(6), event(7))).toBeUndefined();
  });

  it('finds a hole, a repeat and a step back', () => {
    expect(wrong(4, event(6))).toContain('a hole');
    expect(wrong(4, event(5), event(7))).toContain('a hole');
    expect(wrong(4, event(5), event(5))).toContain('came after 5');
    expect(wrong(4, event(5), event(6), event(5))).toContain('came after 6');
    expect(wrong(4, event(4))).toContain('came after 4');
  });

  it('takes any first number of a stream that was not listed', () => {
    expect(new Gate(ME).wrong(event(17))).toBeUndefined();
  });

  it('finds what comes after the own removal', () => {
    expect(wrong(4, removed(5), event(6))).toContain('after the removal');
    expect(wrong(4, removed(5), added(9, 'somebody'))).toContain('after the removal');
    expect(wrong(4, removed(5, 'somebody'), event(6))).toBeUndefined();
  });

  it('lets me back in with a hole between', () => {
    expect(wrong(4, removed(5), added(9))).toBeUndefined();
    expect(wrong(4, removed(5), added(9), event(10))).toBeUndefined();
    expect(wrong(4, removed(5), added(9), event(11))).toContain('a hole');
  });

  it('keeps the cursors for the digest, without streams that are left', () => {
    const gate = new Gate(ME);
    gate.listed([{ stream: 'other', kind: 'inbox', head: 3, after: 2 }]);
    gate.wrong(event(1));
    expect([...gate.cursors]).toEqual([
      ['other', 2],
      [STREAM, 1],
    ]);
    gate.wrong(removed(2));
    expect([...gate.cursors.keys()]).toEqual(['other']);
  });
});
