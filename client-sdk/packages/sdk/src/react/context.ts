import { createContext, createElement, useContext, type ReactNode } from 'react';
import type { Client } from '../index.js';

const Context = createContext<Client | undefined>(undefined);

/** Gives `client` to the hooks below it. Connecting and closing stay with you. */
export function MagpieProvider(props: {
  readonly client: Client;
  readonly children?: ReactNode;
}): ReactNode {
  return createElement(Context.Provider, { value: props.client }, props.children);
}

/** The client of the nearest {@link MagpieProvider}. */
export function useClient(): Client {
  const client = useContext(Context);
  if (!client) throw new Error('Put a <MagpieProvider client={…}> above this component.');
  return client;
}
