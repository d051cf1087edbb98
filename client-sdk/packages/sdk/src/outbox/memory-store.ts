import type { OutboxEntry, Store } from '../api/store.js';

/** A store that lasts as long as the program: for tests, and where nothing better is wanted. */
export function memoryStore(): Store {
  const entries = new Map<string, OutboxEntry>();
  const values = new Map<string, string>();
  return {
    durable: false,
    list: async () => [...entries.values()],
    get: async (id) => entries.get(id),
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
    getValue: async (key) => values.get(key),
    setValue: async (key, value) => void values.set(key, value),
  };
}
