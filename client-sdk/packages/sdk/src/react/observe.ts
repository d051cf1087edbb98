import { useCallback, useSyncExternalStore } from 'react';
import type { Observable } from '../index.js';

/** The present snapshot of anything observable; renders again when it changed. */
export function useObservable<T>(observable: Observable<T>): T {
  const subscribe = useCallback(
    (listener: () => void) => observable.subscribe(listener),
    [observable],
  );
  const get = useCallback(() => observable.get(), [observable]);
  return useSyncExternalStore(subscribe, get, get);
}
