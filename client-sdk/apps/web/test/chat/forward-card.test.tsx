import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ForwardCard } from '../../src/chat/ForwardCard';

const items = ['one', 'two', 'three', '<b>four</b>'].map((text, index) => ({
  senderName: `P\u202E${index}`,
  at: '2026-01-31T08:00:00Z',
  type: 'text' as const,
  text,
}));

it('shows the first lines and opens to all, names with hidden marks made visible', async () => {
  render(<ForwardCard items={items} />);
  expect(screen.getByText('P[U+202E]0: one')).toBeDefined();
  expect(screen.queryByText('<b>four</b>')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /Chat history \(4\)/u }));
  expect(await screen.findByText('<b>four</b>')).toBeDefined();
});
