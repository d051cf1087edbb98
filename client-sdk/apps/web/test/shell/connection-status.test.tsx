import type { Client, ConnectionState } from '@magpie/sdk';
import { MagpieProvider } from '@magpie/sdk/react';
import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ConnectionStatus } from '../../src/shell/ConnectionStatus';

afterEach(() => vi.restoreAllMocks());

/** Shows the status of a client whose state and node the test changes. */
function show() {
  let state: ConnectionState = { status: 'idle' };
  const listeners = new Set<() => void>();
  const client = {
    server: undefined as { node: string } | undefined,
    connection: {
      get: () => state,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
  render(
    <MagpieProvider client={client as unknown as Client}>
      <ConnectionStatus />
    </MagpieProvider>,
  );
  return (next: ConnectionState['status'], node?: string) => {
    act(() => {
      if (node !== undefined) client.server = { node };
      state = { status: next };
      for (const listener of listeners) listener();
    });
    return screen.getByTestId('connection').textContent;
  };
}

it('names the node, and the next one after a reconnect', () => {
  const enter = show();
  expect(enter('live', 'node-2')).toBe('connected · node-2');
  expect(enter('offline')).toBe('reconnecting');
  expect(enter('connecting')).toBe('reconnecting');
  expect(enter('catching-up', 'node-3')).toBe('connected · node-3');
  expect(enter('live')).toBe('connected · node-3');
});

it('is offline where the connection is over or the network is gone', () => {
  const enter = show();
  expect(enter('closed')).toBe('offline');
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  expect(enter('offline')).toBe('offline');
});
