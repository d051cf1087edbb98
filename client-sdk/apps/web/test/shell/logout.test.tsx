import type { Client } from '@magpie/sdk';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { App } from 'antd';
import { expect, it, vi } from 'vitest';
import { useLogout } from '../../src/shell/useLogout';

function Leaver({ client, logout }: { client: Client; logout: () => Promise<void> }) {
  return <button onClick={useLogout(client, logout)}>leave</button>;
}

async function leave(pending: number, failed: number) {
  const logout = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const client = { syncStatus: { pending, failed, store: 'durable' } } as unknown as Client;
  render(
    <App>
      <Leaver client={client} logout={logout} />
    </App>,
  );
  await userEvent.click(screen.getByText('leave'));
  return logout;
}

it('logs out at once where nothing waits', async () => {
  expect(await leave(0, 0)).toHaveBeenCalledOnce();
});

it('asks before what is not sent is deleted', async () => {
  const logout = await leave(2, 1);
  expect(await screen.findAllByText('3 messages are not sent')).not.toEqual([]);
  expect(logout).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Delete and log out' }));
  expect(logout).toHaveBeenCalledOnce();
});

it('stays when the person thinks better of it', async () => {
  const logout = await leave(1, 0);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(logout).not.toHaveBeenCalled();
});
