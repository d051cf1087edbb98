import type { Unsubscribe } from '../api/observable.js';

/** In browsers: asks before the page is left as long as `unsaved` says so. */
export function guardUnload(unsaved: () => boolean): Unsubscribe {
  if (typeof window === 'undefined') return () => {};
  const ask = (event: BeforeUnloadEvent): void => {
    if (unsaved()) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}
