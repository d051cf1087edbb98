import { expect, it } from 'vitest';
import { plainPreview } from '../../src/text/plainPreview';

it.each([
  ['**bold** and `code`', 'bold and code'],
  ['first\n\nsecond', 'first second'],
  ['- a\n- b', 'a b'],
  ['[text](https://example.org)', 'text'],
  ['<b>x</b>', '<b>x</b>'],
])('%j reads %j in a list', (text, expected) => {
  expect(plainPreview(text)).toBe(expected);
});

it('cuts by characters, not inside one', () => {
  expect(plainPreview('😀'.repeat(10), 3)).toBe('😀😀😀…');
});
