// Runs a command against a server of its own, from the built jar on free ports with a fresh data
// directory: node tools/with-server.mjs <command …>. The command gets MAGPIE_URL and
// MAGPIE_DEMO_PASSWORD.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jar = join(dirname(fileURLToPath(import.meta.url)), '../../server/target/magpie.jar');
const password = 'integration-1';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function ready(url, server) {
  for (let i = 0; i < 600; i++) {
    if (server.exitCode !== null) throw new Error('the server ended before it was ready');
    const up = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the server was not ready within two minutes');
}

const [command, ...args] = process.argv.slice(2);
const data = await mkdtemp(join(tmpdir(), 'magpie-it-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawn('java', ['-jar', jar], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    MAGPIE_HTTP_PORT: String(port),
    MAGPIE_WARM_UP: '0s',
    MAGPIE_MANAGEMENT_PORT: String(await freePort()),
    MAGPIE_DATA_DIR: data,
    MAGPIE_DEMO_PASSWORD: password,
  },
});
let code = 1;
try {
  console.log(`starting a server on ${url} …`);
  await ready(url, server);
  const env = { ...process.env, MAGPIE_URL: url, MAGPIE_DEMO_PASSWORD: password };
  const run = spawn(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  [code] = await once(run, 'exit');
} catch (error) {
  console.error(error);
} finally {
  if (server.exitCode === null) {
    server.kill();
    await once(server, 'exit');
  }
  await rm(data, { recursive: true, force: true });
}
process.exit(code ?? 1);
