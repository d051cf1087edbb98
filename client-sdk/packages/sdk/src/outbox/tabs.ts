import type { OutboxEntry } from '../api/store.js';
import { newId } from '../util/ids.js';

/** What clients on one store tell each other. */
export type TabNote =
  | { readonly type: 'put'; readonly entry: OutboxEntry }
  | { readonly type: 'removed'; readonly id: string; readonly seq?: number; readonly at?: string };

/** The other clients of this browser that share the store. */
export interface Tabs {
  tell(note: TabNote): void;
  /** Runs `work` while no other client runs one of the same name. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when the notes that the others sent before now were heard. */
  caughtUp(): Promise<void>;
  close(): void;
}

/** Sent by a tab to itself: what arrives before it was sent before it. */
interface Mark {
  readonly type: 'mark';
  readonly id: string;
}

/** Connects with the clients that share `name`; without a name there are none. */
export function connectTabs(name: string | undefined, heard: (note: TabNote) => void): Tabs {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  const shared = name !== undefined && typeof BroadcastChannel !== 'undefined';
  const open = () => (shared ? new BroadcastChannel(`magpie:${name}`) : undefined);
  const channel = open();
  const marks = new Map<string, () => void>();
  channel?.addEventListener('message', ({ data }) => {
    const note = data as TabNote | Mark;
    if (note.type !== 'mark') heard(note);
    else marks.get(note.id)?.();
  });
  let closed = false;
  return {
    tell: (note) => channel?.postMessage(note),
    alone: (lane, work) =>
      name !== undefined && locks ? locks.request(`magpie:${name}:${lane}`, work) : work(),
    caughtUp: async () => {
      if (closed) return;
      // A channel does not hear itself, but another one of the same name.
      const echo = open();
      if (!echo) return;
      const id = newId();
      await new Promise<void>((resolve) => {
        marks.set(id, resolve);
        echo.postMessage({ type: 'mark', id } satisfies Mark);
      });
      marks.delete(id);
      echo.close();
    },
    close: () => {
      closed = true;
      channel?.close();
      for (const resolve of marks.values()) resolve();
    },
  };
}
