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

/** In browsers: calls `leave` when the page is hidden or left; it may be the last chance. */
export function onLeaving(leave: () => void): Unsubscribe {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  const changed = (): void => {
    if (document.visibilityState === 'hidden') leave();
  };
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', changed);
  return () => {
    window.removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', changed);
  };
}
