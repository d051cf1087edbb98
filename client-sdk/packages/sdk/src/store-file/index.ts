import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OutboxEntry, Store } from '../index.js';

interface Content {
  readonly outbox: readonly OutboxEntry[];
  readonly values: readonly (readonly [string, string])[];
}

/**
 * Keeps unsent messages in a JSON file, for programs on Node. Each change is written to a new file,
 * flushed to the disk and renamed over the old one, so a crash leaves one of the two whole. One
 * program at a time may use a file.
 *
 * @param path of the file; its folder is made if need be
 */
export function fileStore(path: string): Store {
  const entries = new Map<string, OutboxEntry>();
  const values = new Map<string, string>();
  let loaded: Promise<void> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const load = async (): Promise<void> => {
    const content = await read(path);
    for (const entry of content.outbox) entries.set(entry.id, entry);
    for (const [key, value] of content.values) values.set(key, value);
  };
  const ready = (): Promise<void> => (loaded ??= load());
  const save = (): Promise<void> => {
    const run = writing.then(() =>
      replace(path, { outbox: [...entries.values()], values: [...values] }),
    );
    writing = run.catch(() => {});
    return run;
  };
  return {
    durable: true,
    async list() {
      await ready();
      return [...entries.values()];
    },
    async get(id) {
      await ready();
      return entries.get(id);
    },
    async put(entry) {
      await ready();
      entries.set(entry.id, entry);
      await save();
    },
    async remove(id) {
      await ready();
      if (entries.delete(id)) await save();
    },
    async getValue(key) {
      await ready();
      return values.get(key);
    },
    async setValue(key, value) {
      await ready();
      values.set(key, value);
      await save();
    },
    close: () => writing,
  };
}

async function read(path: string): Promise<Content> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { outbox: [], values: [] };
    throw error;
  }
}

async function replace(path: string, content: Content): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.new`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(content));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}
