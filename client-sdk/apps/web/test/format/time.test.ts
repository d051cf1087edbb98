import { expect, it } from 'vitest';
import { clock, longDay, shortWhen } from '../../src/format/time';

const day = new Date(2026, 0, 31, 8, 5);

it('writes a day as Chinese readers expect it', () => {
  expect(longDay(day, 'zh-CN')).toBe('2026年1月31日 星期六');
});

it('writes a day as English readers expect it', () => {
  expect(longDay(day, 'en')).toMatch(/Saturday.*January.*31.*2026|Saturday.*31.*January.*2026/u);
});

it('uses a clock of 24 hours', () => {
  expect(clock(day, 'zh-CN')).toBe('08:05');
  expect(clock(new Date(2026, 0, 31, 21, 5), 'en')).toBe('21:05');
});

it.each([
  [new Date(2026, 0, 31, 23, 0), '08:05'],
  [new Date(2026, 5, 1), '1/31'],
  [new Date(2027, 5, 1), '1/31/2026'],
])('in a list seen at %s it is %s', (now, expected) => {
  expect(shortWhen(day, now, 'en')).toBe(expected);
});
