/** Ends what it was returned for; calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * A value that changes: `get` answers an immutable snapshot, the same object until something
 * changed, and `subscribe` tells when. Fits `useSyncExternalStore` of React and the store contracts
 * of other frameworks.
 */
export interface Observable<T> {
  /** The present snapshot. */
  get(): T;
  /** Calls `listener` after each change, in a microtask; several changes may share one call. */
  subscribe(listener: () => void): Unsubscribe;
}
