import { useCallback, useSyncExternalStore } from 'react';
import type { User } from '../index.js';
import { useClient } from './context.js';

function useDirectoryVersion(): void {
  const { users } = useClient();
  const subscribe = useCallback((listener: () => void) => users.subscribe(listener), [users]);
  const version = useCallback(() => users.version, [users]);
  useSyncExternalStore(subscribe, version, version);
}

/** People by id; those who are not known yet are fetched and appear later. */
export function useUsers(ids: readonly string[]): ReadonlyMap<string, User> {
  const { users } = useClient();
  useDirectoryVersion();
  const known = new Map<string, User>();
  for (const id of ids) {
    const user = users.get(id);
    if (user) known.set(id, user);
  }
  return known;
}

/** One person; absent until known. */
export function useUser(id: string | undefined): User | undefined {
  const { users } = useClient();
  useDirectoryVersion();
  return id === undefined ? undefined : users.get(id);
}
