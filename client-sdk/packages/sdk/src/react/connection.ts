import type { ConnectionState, Identity, SyncStatus } from '../index.js';
import { useClient } from './context.js';
import { useObservable } from './observe.js';

/** The connection's state. */
export function useConnection(): ConnectionState {
  return useObservable(useClient().connection);
}

/** Who is logged in; absent before the first `welcome`. */
export function useMe(): Identity | undefined {
  return useObservable(useClient().identity);
}

/** How many messages wait to be stored or were refused. */
export function useSyncStatus(): SyncStatus {
  return useObservable(useClient().sync);
}
