import { describe, expect, it } from 'vitest';
import { insertMention, mentionedIn, mentionQueryAt, splitMentions } from '../../src/text/mentions';

const zhang = { id: 'z', name: '张伟' };
const zhangLong = { id: 'zz', name: '张伟明' };
const li = { id: 'l', name: 'Li Na' };

describe('what is typed after @', () => {
  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['hi @zh', 6, { start: 3, query: 'zh' }],
    ['你好@张', 4, { start: 2, query: '张' }],
    ['line\n@l', 7, { start: 5, query: 'l' }],
    ['(@l', 3, { start: 1, query: 'l' }],
  ])('%j at %i asks for a mention', (text, caret, expected) => {
    expect(mentionQueryAt(text, caret)).toEqual(expected);
  });

  it.each([
    ['mail a@b', 8],
    ['@zhang wei', 10],
    ['no sign', 7],
    ['@zhang', 0],
    [`@${'x'.repeat(40)}`, 41],
  ])('%j at %i does not', (text, caret) => {
    expect(mentionQueryAt(text, caret)).toBeUndefined();
  });
});

it('puts the name and a space in place of what was typed', () => {
  expect(insertMention('hi @zh there', 6, { start: 3, query: 'zh' }, '张伟')).toEqual({
    text: 'hi @张伟  there',
    caret: 7,
  });
});

it('sends only mentions that still stand in the text, each once', () => {
  expect(mentionedIn('@张伟 hello @张伟', [zhang, zhang, li])).toEqual(['z']);
});

it('does not mention somebody whose name begins another name', () => {
  expect(mentionedIn('@张伟明 hello', [zhang, zhangLong])).toEqual(['zz']);
});

describe('cutting a text at mentions', () => {
  it('prefers the longer name', () => {
    expect(splitMentions('@张伟明 @张伟!', [zhang, zhangLong])).toEqual([
      { text: '@张伟明', mention: 'zz' },
      { text: ' ' },
      { text: '@张伟', mention: 'z' },
      { text: '!' },
    ]);
  });

  it('leaves names that were not mentioned', () => {
    expect(splitMentions('@Li Na and @ @x', [zhang])).toEqual([{ text: '@Li Na and @ @x' }]);
  });

  it('takes names with a space', () => {
    expect(splitMentions('to @Li Na', [li])).toEqual([
      { text: 'to ' },
      { text: '@Li Na', mention: 'l' },
    ]);
  });
});
