import type { Unsubscribe } from '../api/observable.js';

/** Listeners by event name. A listener that throws does not keep the others from being called. */
export class Emitter<E> {
  private readonly listeners = new Map<keyof E, Set<(event: never) => void>>();

  on<K extends keyof E>(name: K, listener: (event: E[K]) => void): Unsubscribe {
    const own = (event: E[K]): void => listener(event);
    const all = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, all.add(own));
    return () => void all.delete(own);
  }

  emit<K extends keyof E>(name: K, event: E[K]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) {
      report(() => (listener as (event: E[K]) => void)(event));
    }
  }
}

/** Runs foreign code; what it throws becomes an uncaught error of its own, not one of ours. */
export function report(run: () => void): void {
  try {
    run();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
