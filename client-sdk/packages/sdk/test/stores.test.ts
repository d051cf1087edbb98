import 'fake-indexeddb/auto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { memoryStore, type OutboxEntry, type Store } from '../src/index.js';
import { fileStore } from '../src/store-file/index.js';
import { idbStore } from '../src/store-idb/index.js';

const folders: string[] = [];
let databases = 0;

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'magpie-store-'));
  folders.push(made);
  return made;
}

function entry(id: string, text = id): OutboxEntry {
  const params = { conversation: 'c', clientId: id, body: { type: 'text' as const, text } };
  return { id, user: 'u', at: '2026-01-01T00:00:00Z', params };
}

/** Each kind: a function that opens the same store again, as the next program would. */
const kinds: [string, () => Promise<() => Store>][] = [
  [
    'memory',
    async () =>
      (
        (store) => () =>
          store
      )(memoryStore()),
  ],
  [
    'IndexedDB',
    async () =>
      (
        (name) => () =>
          idbStore(name)
      )(`test-${databases++}`),
  ],
  [
    'file',
    async () =>
      (
        (path) => () =>
          fileStore(path)
      )(join(await folder(), 'deep/outbox.json')),
  ],
];

test.each(kinds)('a store (%s) keeps entries in the order in which they came', async (_, make) => {
  const open = await make();
  const store = open();
  for (const id of ['c', 'a', 'b']) await store.put(entry(id));
  await store.put(entry('a', 'changed'));
  expect((await store.list()).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  expect((await store.get('a'))?.params.body.text).toBe('changed');
  await store.remove('c');
  await store.remove('unknown');
  expect(await store.get('c')).toBeUndefined();
  await store.put(entry('c'));
  expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  await store.close?.();
});

test.each(kinds.slice(1))('a store (%s) survives the end of the program', async (_, make) => {
  const open = await make();
  const before = open();
  expect(before.durable).toBe(true);
  await Promise.all([before.put(entry('a')), before.put(entry('b')), before.setValue('user', 'u')]);
  await before.close?.();
  const after = open();
  expect((await after.list()).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(await after.getValue('user')).toBe('u');
  expect(await after.getValue('other')).toBeUndefined();
  await after.close?.();
});

test('a file that a crash left behind half written does not harm the whole one', async () => {
  const path = join(await folder(), 'outbox.json');
  await fileStore(path).put(entry('a'));
  await writeFile(`${path}.new`, '{"outbox":[{"id":"b"');
  const next = fileStore(path);
  expect((await next.list()).map(({ id }) => id)).toEqual(['a']);
  await next.put(entry('c'));
  expect(JSON.parse(await readFile(path, 'utf8')).outbox).toHaveLength(2);
});

test('a file that is not ours is not overwritten', async () => {
  const path = join(await folder(), 'outbox.json');
  await writeFile(path, 'something else');
  await expect(fileStore(path).put(entry('a'))).rejects.toThrow(SyntaxError);
  expect(await readFile(path, 'utf8')).toBe('something else');
});

test('a database that is deleted while it is open does not block, and is made anew', async () => {
  const name = `test-${databases++}`;
  const store = idbStore(name);
  await store.put(entry('a'));
  await new Promise((done) => indexedDB.deleteDatabase(name).addEventListener('success', done));
  expect(await store.list()).toEqual([]);
  await store.put(entry('b'));
  expect(await store.list()).toHaveLength(1);
  await store.close?.();
});
