import { expect, it } from 'vitest';
import { compareNames, initials } from '../../src/format/names';

it('sorts Chinese names by pinyin', () => {
  const names = ['张伟', '王芳', '陈杰', '李娜'];
  expect(names.toSorted(compareNames('zh-CN'))).toEqual(['陈杰', '李娜', '王芳', '张伟']);
});

it.each([
  ['张伟', '张伟'],
  ['欧阳明月', '明月'],
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['', ''],
])('the avatar of %s shows %s', (name, shown) => {
  expect(initials(name)).toBe(shown);
});
