import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

export const PASSWORD = 'demo pass 鹊桥';

const JAR = join(import.meta.dirname, '../../../server/target/magpie.jar');
/** The first start makes a database. */
const START_MS = 120_000;
const STOP_MS = 30_000;

export interface RunningServer {
  readonly url: string;
  /** Settings with which another node joins this one: its PostgreSQL, its Redis, its keys. */
  joining(): Promise<Settings>;
  stop(): Promise<void>;
}

/** Environment variables. */
export type Settings = Readonly<Record<string, string>>;

/** The environment of the tests without settings: those of the servers are chosen here. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const all = Object.entries(process.env);
  return Object.fromEntries(all.filter(([name]) => !name.startsWith('MAGPIE_')));
}

/** Starts the built jar with a data directory of its own and waits until it is ready. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const data = await mkdtemp(join(tmpdir(), 'magpie-e2e-'));
  const port = await freePort();
  const child = spawn('java', ['-jar', JAR], {
    env: {
      ...bareEnvironment(),
      MAGPIE_DATA_DIR: join(data, 'data'),
      MAGPIE_DEMO_PASSWORD: PASSWORD,
      MAGPIE_HTTP_PORT: String(port),
      MAGPIE_WARM_UP: '0s',
      MAGPIE_MANAGEMENT_PORT: '0',
      ...settings,
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
  return { url, joining: () => joining(join(data, 'data')), stop };
}

/** Reads where the embedded services of a data directory listen and how to log in there. */
async function joining(data: string): Promise<Settings> {
  const lines = (await readFile(join(data, 'secrets'), 'utf8')).split('\n');
  const secret = (name: string) =>
    lines.find((line) => line.startsWith(`${name}=`))!.slice(name.length + 1);
  const pid = await readFile(join(data, 'postgres/data/postmaster.pid'), 'utf8');
  const redis = await readFile(join(data, 'redis/redis.conf'), 'utf8');
  const postgres = `127.0.0.1:${pid.split('\n')[3]!.trim()}/magpie`;
  const key = Buffer.from(secret('token-key'), 'base64url').toString('base64');
  return {
    MAGPIE_POSTGRES_URI: `postgresql://magpie_app:${secret('postgres.magpie_app')}@${postgres}`,
    MAGPIE_REDIS_URI: `redis://magpie:${secret('redis.magpie')}@127.0.0.1:${/^port (\d+)/mu.exec(redis)![1]!}/0`,
    MAGPIE_TOKEN_KEYS: `embedded:${key}`,
  };
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
