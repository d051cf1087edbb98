import type { Observable, Unsubscribe } from '../api/observable.js';
import { report } from './emitter.js';

/** Tells listeners of changes, all changes of one turn with one call. */
export class Signal {
  private readonly listeners = new Set<() => void>();
  private scheduled = false;

  /** `observed` is called with each listener that comes. */
  constructor(private readonly observed: () => void = () => {}) {}

  subscribe(listener: () => void): Unsubscribe {
    const own = (): void => listener();
    this.listeners.add(own);
    this.observed();
    return () => void this.listeners.delete(own);
  }

  get watched(): boolean {
    return this.listeners.size > 0;
  }

  changed(): void {
    if (this.scheduled || this.listeners.size === 0) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      for (const listener of [...this.listeners]) report(listener);
    });
  }
}

/** A value that can be watched. */
export class Cell<T> implements Observable<T> {
  private readonly signal: Signal;

  constructor(
    private value: T,
    observed?: () => void,
  ) {
    this.signal = new Signal(observed);
  }

  get(): T {
    return this.value;
  }

  get watched(): boolean {
    return this.signal.watched;
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    this.signal.changed();
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.signal.subscribe(listener);
  }
}

/** A value that is computed from others when it is asked for, again only after `invalidate`. */
export class Derived<T> implements Observable<T> {
  private readonly signal: Signal;
  private cached: { readonly value: T } | undefined;

  constructor(
    private readonly compute: () => T,
    observed?: () => void,
  ) {
    this.signal = new Signal(observed);
  }

  get(): T {
    this.cached ??= { value: this.compute() };
    return this.cached.value;
  }

  get watched(): boolean {
    return this.signal.watched;
  }

  invalidate(): void {
    this.cached = undefined;
    this.signal.changed();
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.signal.subscribe(listener);
  }
}
