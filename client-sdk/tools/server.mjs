import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.mjs';

const JAR = join(dirname(fileURLToPath(import.meta.url)), '../../server/target/magpie.jar');
/** The first start makes a database. */
const START_MS = 120_000;
const STOP_MS = 30_000;

/**
 * The environment of whoever asks without settings: those of the servers are chosen by the tests.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function bareEnvironment() {
  const all = Object.entries(process.env);
  return Object.fromEntries(all.filter(([name]) => !name.startsWith('MAGPIE_')));
}

/**
 * Starts the built jar with a data directory of its own and waits until it is ready.
 *
 * @param {Readonly<Record<string, string>>} settings environment variables
 */
export async function startServer(settings) {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-it-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const child = spawn('java', ['-jar', JAR], {
    env: {
      ...bareEnvironment(),
      MAGPIE_DATA_DIR: data,
      MAGPIE_HTTP_PORT: String(port),
      MAGPIE_MANAGEMENT_PORT: '0',
      MAGPIE_WARM_UP: '0s',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const log = [];
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk) => log.push(String(chunk)));
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  // Browsers take a cookie that is `Secure` over plain HTTP only from localhost.
  const url = `http://localhost:${port}`;
  try {
    await ready(`${url}/health/ready`, child);
  } catch (error) {
    await stop();
    throw new Error(`the server did not start:\n${log.join('')}`, { cause: error });
  }
  return { url, data, stop };
}

/**
 * @param {string} health
 * @param {import('node:child_process').ChildProcess} child
 */
async function ready(health, child) {
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (over(child)) throw new Error(`java ended with ${child.exitCode ?? child.signalCode}`);
    const answer = await fetch(health).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error('it was not ready in time');
    await new Promise((next) => setTimeout(next, 200));
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (over(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

/** @param {import('node:child_process').ChildProcess} child */
function over({ exitCode, signalCode }) {
  return exitCode !== null || signalCode !== null;
}
