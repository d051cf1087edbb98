import { describe, expect, it } from 'vitest';
import { Broken, check, range, same, sameSet } from '../src/run/check.js';
import type { Case, Result } from '../src/run/case.js';
import { choose, line, summary } from '../src/run/report.js';

const run = async () => {};
const all: Case[] = [
  { id: 'C-ONE-01', promise: 'quick', run },
  { id: 'C-ONE-02', promise: 'slow', slow: true, run },
  { id: 'C-TWO-01', promise: 'quick', run },
];
const ids = (chosen: readonly Case[]) => chosen.map(({ id }) => id);

describe('choosing', () => {
  it('takes all, by the beginning of the id, and without the slow ones', () => {
    expect(ids(choose(all, [], false))).toEqual(ids(all));
    expect(ids(choose(all, ['C-ONE'], false))).toEqual(['C-ONE-01', 'C-ONE-02']);
    expect(ids(choose(all, ['C-ONE-02', 'C-TWO'], false))).toEqual(['C-ONE-02', 'C-TWO-01']);
    expect(ids(choose(all, [], true))).toEqual(['C-ONE-01', 'C-TWO-01']);
  });

  it('says so where no case fits: nothing that ran is no success', () => {
    expect(() => choose(all, ['C-NINE'], false)).toThrow('no case begins with C-NINE');
  });
});

describe('the report', () => {
  const results: Result[] = [
    { id: 'C-ONE-01', promise: 'one', verdict: 'pass', ms: 12 },
    { id: 'C-ONE-02', promise: 'two', verdict: 'fail', reason: 'why', ms: 5 },
    { id: 'C-TWO-01', promise: 'three', verdict: 'skip', reason: 'no node', ms: 0 },
  ];

  it('has a line for each case and the reason below it', () => {
    expect(line(results[0]!)).toBe('pass  C-ONE-01         12 ms  one');
    expect(line(results[1]!)).toBe('FAIL  C-ONE-02          5 ms  two\n      why');
  });

  it('counts and names what failed', () => {
    expect(summary(results, 1234)).toBe(
      '\n1 passed, 1 failed, 1 skipped in 1.2 s\nfailed: C-ONE-02',
    );
  });
});

describe('the checks', () => {
  it('compare JSON whatever the order of fields, and not of items', () => {
    expect(() => same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1, c: undefined }, 'it')).not.toThrow();
    expect(() => same([1, 2], [2, 1], 'it')).toThrow(Broken);
    expect(() => same({ a: 1 }, { a: 1, b: 2 }, 'it')).toThrow('it: {"a":1} instead of');
    expect(() => sameSet([1, 2], [2, 1], 'it')).not.toThrow();
    expect(() => sameSet([1, 1, 2], [1, 2], 'it')).toThrow(Broken);
    expect(() => check(false, 'not so')).toThrow('not so');
    expect([range(2, 4), range(2, 1)]).toEqual([[2, 3, 4], []]);
  });
});
