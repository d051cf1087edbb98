import type { Unsubscribe } from '../api/observable.js';

/** Whether the page is one that nobody looks at now. */
export function hidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

/**
 * Calls `awake` when a connection is worth a try or a check: the network came back or changed, the
 * page became visible, or came out of the back/forward cache; and `doubt` when the browser says that
 * the network is gone. Does nothing outside a browser.
 */
export function watchSurroundings(awake: () => void, doubt: () => void): Unsubscribe {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  const visible = (): void => {
    if (!hidden()) awake();
  };
  const connection = (navigator as { connection?: EventTarget }).connection;
  window.addEventListener('online', awake);
  window.addEventListener('offline', doubt);
  window.addEventListener('pageshow', visible);
  document.addEventListener('visibilitychange', visible);
  connection?.addEventListener?.('change', awake);
  return () => {
    window.removeEventListener('online', awake);
    window.removeEventListener('offline', doubt);
    window.removeEventListener('pageshow', visible);
    document.removeEventListener('visibilitychange', visible);
    connection?.removeEventListener?.('change', awake);
  };
}
