import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cases } from '../src/index.js';

const document = readFileSync(join(import.meta.dirname, '../../../../docs/protocol.md'), 'utf8');
const named = new Set(document.match(/\bC-[A-Z]+-\d\d\b/gu));
const ids = cases.map(({ id }) => id);

describe('the cases and docs/protocol.md', () => {
  it('every id in the document is a case', () => {
    expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('every case is named where its promise stands', () => {
    expect(ids.filter((id) => !named.has(id))).toEqual([]);
  });

  it('ids are unique and each group is numbered without a hole', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const group of new Set(ids.map((id) => id.replace(/-\d\d$/u, '')))) {
      const numbers = ids
        .filter((id) => id.startsWith(`${group}-`))
        .map((id) => Number(id.slice(-2)))
        .sort((a, b) => a - b);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    }
  });

  it('every case says in a sentence what it proves', () => {
    for (const { id, promise } of cases) expect(promise.length, id).toBeGreaterThan(15);
  });
});
