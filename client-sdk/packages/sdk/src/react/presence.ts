import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Presence, PresenceSettings } from '../index.js';
import { useClient } from './context.js';
import { useObservable } from './observe.js';

/** How somebody is shown, watched while the component is there; absent until known. */
export function usePresence(id: string | undefined): Presence | undefined {
  const { presence } = useClient();
  useEffect(() => (id === undefined ? undefined : presence.watch([id])), [presence, id]);
  const subscribe = useCallback((listener: () => void) => presence.subscribe(listener), [presence]);
  const get = useCallback(() => (id === undefined ? undefined : presence.get(id)), [presence, id]);
  return useSyncExternalStore(subscribe, get, get);
}

/** How these people are shown, those who are known by now. */
export function usePresences(ids: readonly string[]): ReadonlyMap<string, Presence> {
  const { presence } = useClient();
  const key = ids.join(' ');
  useEffect(() => (key === '' ? undefined : presence.watch(key.split(' '))), [presence, key]);
  const subscribe = useCallback((listener: () => void) => presence.subscribe(listener), [presence]);
  const version = useCallback(() => presence.version, [presence]);
  useSyncExternalStore(subscribe, version, version);
  const known = new Map<string, Presence>();
  for (const id of ids) {
    const one = presence.get(id);
    if (one) known.set(id, one);
  }
  return known;
}

/** What I chose about my presence; absent until read. */
export function useMyPresence(): PresenceSettings | undefined {
  return useObservable(useClient().presence.mine);
}
