import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ThemeContext } from '../../src/app/themeContext';
import { AccountMenu } from '../../src/shell/AccountMenu';
import type { DialogName } from '../../src/shell/dialogs';
import { FakePresence, WithPresence } from '../kit/fakePresence';

async function openMenu(presence: FakePresence) {
  const open = vi.fn<(dialog: DialogName) => void>();
  render(
    <WithPresence presence={presence}>
      <ThemeContext value={{ choice: 'system', dark: false, choose: () => undefined }}>
        <AccountMenu open={open} logout={() => undefined} />
      </ThemeContext>
    </WithPresence>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'My account' }));
  return open;
}

it('offers how I am shown', async () => {
  const presence = new FakePresence();
  await openMenu(presence);
  await userEvent.hover(await screen.findByRole('menuitem', { name: /Availability/u }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Do not disturb' }));
  expect(presence.calls).toEqual([['set', { availability: 'do_not_disturb' }]]);
});

it('shows my status and opens its dialog', async () => {
  const presence = new FakePresence({ status: { emoji: '☕', text: 'lunch' } });
  const open = await openMenu(presence);
  await userEvent.click(await screen.findByRole('menuitem', { name: '☕ lunch' }));
  expect(open).toHaveBeenCalledWith('status');
});
