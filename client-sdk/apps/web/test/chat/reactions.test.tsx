import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Reactions } from '../../src/chat/Reactions';
import { fakeChat, InChat } from '../kit/fakeClient';
import { ME, OTHER } from '../kit/samples';

it('a reaction of mine is taken back, one of others is joined', async () => {
  const fake = fakeChat();
  const reactions = [
    { emoji: '👍', count: 2, users: [ME, OTHER] },
    { emoji: '🎉', count: 1, users: [OTHER] },
  ];
  render(
    <InChat fake={fake}>
      <Reactions seq={3} reactions={reactions} />
    </InChat>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Take back 👍 (2)' }));
  await userEvent.click(screen.getByRole('button', { name: 'React with 🎉 (1)' }));
  expect(fake.calls).toEqual([
    ['unreact', 3, '👍'],
    ['react', 3, '🎉'],
  ]);
});
