import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PresenceAvatar } from '../../src/people/PresenceAvatar';
import { FakePresence, WithPresence } from '../kit/fakePresence';
import { OTHER } from '../kit/samples';

let scroll: (seen: boolean) => void;

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
        scroll = (isIntersecting) => act(() => tell([{ isIntersecting }]));
      }
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

function show() {
  const presence = new FakePresence();
  render(
    <WithPresence presence={presence}>
      <PresenceAvatar id={OTHER} name="李娜" size={32} />
    </WithPresence>,
  );
  return presence;
}

it.each([
  ['online', 'online'],
  ['away', 'away'],
  ['busy', 'busy'],
  ['do_not_disturb', 'do not disturb'],
  ['offline', 'offline'],
] as const)('%s reads %s', (state, text) => {
  const presence = show();
  scroll(true);
  presence.say({ user: OTHER, state });
  expect(screen.getByRole('img', { name: text }).className).toContain(state);
});

it('says nothing while nothing is known', () => {
  show();
  scroll(true);
  expect(screen.queryByRole('img')).toBeNull();
});

it('watches only while it is on the screen', () => {
  const presence = show();
  expect(presence.watched).toEqual([]);
  scroll(true);
  expect(presence.watched).toEqual([OTHER]);
  scroll(false);
  expect(presence.watched).toEqual([]);
});

it('watches where the browser cannot tell what is on the screen', () => {
  vi.stubGlobal('IntersectionObserver', undefined);
  expect(show().watched).toEqual([OTHER]);
});
