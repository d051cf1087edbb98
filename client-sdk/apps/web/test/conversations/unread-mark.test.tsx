import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { UnreadMark } from '../../src/conversations/UnreadMark';

const show = (unread: number, muted: boolean) =>
  render(<UnreadMark me={{ unread, muted, mentions: 0 }} />).container;

it('shows the number of unread messages', () => {
  expect(show(3, false).textContent).toBe('3');
});

it('shows many as 99+ but reads the number aloud', () => {
  expect(show(120, false).textContent).toBe('99+');
  expect(screen.getByLabelText('120 unread messages')).toBeDefined();
});

it('shows only a dot for a muted conversation', () => {
  const shown = show(3, true);
  expect(shown.textContent).toBe('');
  expect(shown.querySelector('.unread-dot')).not.toBeNull();
});

it('shows nothing without unread messages', () => {
  expect(show(0, false).firstChild).toBeNull();
});
