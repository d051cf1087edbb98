import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tools from '../../tools/server.mjs';

export const PASSWORD = 'demo pass 鹊桥';

export interface RunningServer {
  readonly url: string;
  /** Settings with which another node joins this one: its PostgreSQL, its Redis, its keys. */
  joining(): Promise<Settings>;
  stop(): Promise<void>;
}

/** Environment variables. */
export type Settings = Readonly<Record<string, string>>;

/** Starts the built jar with demo people and waits until it is ready. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const all = { MAGPIE_DEMO_PASSWORD: PASSWORD, ...settings };
  const { url, data, stop } = await tools.startServer(all);
  return { url, joining: () => joining(data), stop };
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
