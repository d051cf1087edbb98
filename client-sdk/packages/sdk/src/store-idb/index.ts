import type { OutboxEntry, Store } from '../index.js';

interface Row {
  readonly order?: number;
  readonly id: string;
  readonly entry: OutboxEntry;
}

/**
 * Keeps unsent messages in IndexedDB, over reloads and restarts of the browser. Tabs with the same
 * name share them: each message is sent by one tab.
 *
 * @param name of the database, `magpie` by default; one for each Magpie server that a page talks to
 */
export function idbStore(name = 'magpie'): Store {
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => {
    // A failed opening is tried again with the next call.
    opened ??= connect(name, () => (opened = undefined)).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const outbox = async (mode: IDBTransactionMode) => transaction(await open(), 'outbox', mode);
  const values = async (mode: IDBTransactionMode) => transaction(await open(), 'values', mode);
  return {
    durable: true,
    shared: name,
    async list() {
      const { store } = await outbox('readonly');
      const rows = await result<Row[]>(store.getAll());
      return rows.map(({ entry }) => entry);
    },
    async get(id) {
      const { store } = await outbox('readonly');
      return (await result<Row | undefined>(store.index('id').get(id)))?.entry;
    },
    async put(entry) {
      const { store, done } = await outbox('readwrite');
      const old = await result<number | undefined>(store.index('id').getKey(entry.id));
      store.put({ id: entry.id, entry, ...(old === undefined ? {} : { order: old }) });
      await done;
    },
    async remove(id) {
      const { store, done } = await outbox('readwrite');
      const key = await result<number | undefined>(store.index('id').getKey(id));
      if (key !== undefined) store.delete(key);
      await done;
    },
    async getValue(key) {
      const { store } = await values('readonly');
      return result<string | undefined>(store.get(key));
    },
    async setValue(key, value) {
      const { store, done } = await values('readwrite');
      store.put(value, key);
      await done;
    },
    async close() {
      const database = await opened?.catch(() => undefined);
      opened = undefined;
      database?.close();
    },
  };
}

function connect(name: string, gone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener('upgradeneeded', () => {
      const rows = request.result.createObjectStore('outbox', {
        keyPath: 'order',
        autoIncrement: true,
      });
      rows.createIndex('id', 'id', { unique: true });
      request.result.createObjectStore('values');
    });
    request.addEventListener('success', () => {
      const database = request.result;
      // A tab with a newer version of the page, or the person clearing data, must not be blocked.
      database.addEventListener('versionchange', () => {
        database.close();
        gone();
      });
      database.addEventListener('close', gone);
      resolve(database);
    });
    request.addEventListener('error', () => reject(request.error));
  });
}

function transaction(database: IDBDatabase, name: string, mode: IDBTransactionMode) {
  // `strict`: the promise means that the message is on the disk, not in a buffer of the system.
  const options = { durability: 'strict' } as const;
  const running = database.transaction(name, mode, options);
  const done = new Promise<void>((resolve, reject) => {
    running.addEventListener('complete', () => resolve());
    running.addEventListener('abort', () => reject(running.error));
    running.addEventListener('error', () => reject(running.error));
  });
  done.catch(() => {});
  return { store: running.objectStore(name), done };
}

function result<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result as T));
    request.addEventListener('error', () => reject(request.error));
  });
}
