import { createContext, runInContext } from 'node:vm';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import type { Client } from '../src/index.js';
import { live, ROOM, server, until } from './kit/index.js';

const entry = join(dirname(fileURLToPath(import.meta.url)), '../src/global.ts');

/** What a page with a strict Content-Security-Policy gives a script: no code from strings. */
function page() {
  const globals = {
    WebSocket,
    URL,
    TextEncoder,
    crypto,
    performance,
    queueMicrotask,
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout,
  };
  return createContext(globals, { codeGeneration: { strings: false, wasm: false } });
}

test('the one-script build exposes Magpie and works where code from strings is forbidden', async () => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'Magpie',
    target: 'es2022',
  });
  server.world.room();
  const context = page();
  runInContext(outputFiles[0]!.text, context);
  const names = runInContext('Object.keys(Magpie)', context) as string[];
  expect(names).toEqual(
    expect.arrayContaining(['createClient', 'login', 'cookieSession', 'idbStore', 'errorText']),
  );
  context.url = server.url;
  const client = runInContext(
    'Magpie.createClient({ url, getToken: () => "token" })',
    context,
  ) as Client;
  client.connect();
  await live(client);
  server.storeMessages();
  await client.conversation(ROOM).send('from a script').stored;
  await until(() => server.world.messages().length === 1);
  await client.close();
  expect(runInContext('Magpie.errorText("offline", "zh")', context)).toBe('当前没有网络连接。');
});
