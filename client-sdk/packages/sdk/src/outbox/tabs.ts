import type { OutboxEntry } from '../api/store.js';

/** What clients on one store tell each other. */
export type TabNote =
  | { readonly type: 'put'; readonly entry: OutboxEntry }
  | { readonly type: 'removed'; readonly id: string; readonly seq?: number; readonly at?: string };

/** The other clients of this browser that share the store. */
export interface Tabs {
  tell(note: TabNote): void;
  /** Runs `work` while no other client runs one of the same name. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
  close(): void;
}

/** Connects with the clients that share `name`; without a name there are none. */
export function connectTabs(name: string | undefined, heard: (note: TabNote) => void): Tabs {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  const shared = name !== undefined && typeof BroadcastChannel !== 'undefined';
  const channel = shared ? new BroadcastChannel(`magpie:${name}`) : undefined;
  channel?.addEventListener('message', ({ data }) => heard(data as TabNote));
  return {
    tell: (note) => channel?.postMessage(note),
    alone: (lane, work) =>
      name !== undefined && locks ? locks.request(`magpie:${name}:${lane}`, work) : work(),
    close: () => channel?.close(),
  };
}
