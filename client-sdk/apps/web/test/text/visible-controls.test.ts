import { expect, it } from 'vitest';
import { visibleName } from '../../src/text/visibleControls';

it.each([
  ['invoice\u202Efdp.exe', 'invoice[U+202E]fdp.exe'],
  ['\u2066admin\u2069', '[U+2066]admin[U+2069]'],
  ['zero\u200Bwidth', 'zero[U+200B]width'],
  ['line\u2028end', 'line[U+2028]end'],
  ['bell\u0007', 'bell[U+0007]'],
  ['tag\u{E0041}', 'tag[U+E0041]'],
  ['张伟', '张伟'],
  ['<b>x</b>', '<b>x</b>'],
  ['👨‍👩‍👧 family', '👨‍👩‍👧 family'],
])('%j is shown as %s', (name, shown) => {
  expect(visibleName(name)).toBe(shown);
});
