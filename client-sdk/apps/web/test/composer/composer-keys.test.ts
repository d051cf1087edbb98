import { describe, expect, it } from 'vitest';
import { composerAct, type Key } from '../../src/composer/composerKeys';

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});

describe('keys in the composer', () => {
  it.each([
    ['Enter sends', key('Enter'), false, 'send'],
    ['Shift+Enter makes a line', key('Enter', { shiftKey: true }), false, undefined],
    [
      'Enter that chooses a candidate does not send',
      key('Enter', { isComposing: true }),
      false,
      undefined,
    ],
    ['nor does the one of Safari', key('Enter', { keyCode: 229 }), false, undefined],
    ['Escape cancels', key('Escape'), false, 'cancel'],
    ['Escape of an input method does not', key('Escape', { isComposing: true }), false, undefined],
    ['ArrowUp in an empty composer edits', key('ArrowUp'), true, 'edit-last'],
    ['ArrowUp in a text moves', key('ArrowUp'), false, undefined],
    ['Shift+ArrowUp selects', key('ArrowUp', { shiftKey: true }), true, undefined],
    ['a letter is a letter', key('a'), true, undefined],
  ] as const)('%s', (_, pressed, empty, act) => {
    expect(composerAct(pressed, empty, 'enter')).toBe(act);
  });

  it('code is sent with Ctrl or Cmd, as Enter makes a line', () => {
    expect(composerAct(key('Enter'), false, 'mod')).toBeUndefined();
    expect(composerAct(key('Enter', { ctrlKey: true }), false, 'mod')).toBe('send');
    expect(composerAct(key('Enter', { metaKey: true }), false, 'mod')).toBe('send');
  });
});
