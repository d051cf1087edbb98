import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'demo pass 鹊桥';

const JAR = join(import.meta.dirname, '../../../server/target/magpie.jar');
/** The first start makes a database. */
const START_MS = 120_000;
const STOP_MS = 30_000;

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built jar with a data directory of its own and waits until it is ready. */
export async function startServer(): Promise<RunningServer> {
  const data = await mkdtemp(join(tmpdir(), 'magpie-e2e-'));
  const port = await freePort();
  const child = spawn('java', ['-jar', JAR], {
    env: {
      ...process.env,
      MAGPIE_DATA_DIR: join(data, 'data'),
      MAGPIE_DEMO_PASSWORD: PASSWORD,
      MAGPIE_HTTP_PORT: String(port),
      MAGPIE_MANAGEMENT_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  // Browsers take a cookie that is `Secure` over plain HTTP only from localhost.
  const url = `http://localhost:${port}`;
  const stop = async () => {
    await end(child);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await ready(`${url}/health/ready`, child);
  } catch (error) {
    await stop();
    throw new Error(`the server did not start:\n${log.join('')}`, { cause: error });
  }
  return { url, stop };
}

async function ready(health: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`java ended with ${child.exitCode}`);
    const answer = await fetch(health).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error('it was not ready in time');
    await new Promise((next) => setTimeout(next, 200));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
