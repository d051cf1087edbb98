import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isFree } from '../../tools/ports.mjs';
import { bareEnvironment } from '../../tools/server.mjs';
import { openFront } from './front.ts';
import { PASSWORD } from './server.ts';

const SCRIPT = join(import.meta.dirname, '../../../cluster-config/local/cluster.sh');
/** Ports that cluster.sh counts from its first one: of the front, of HTTP, management and Hazelcast. */
const PORTS = [0, 1, 2, 3, 101, 102, 103, 201, 202, 203, 301, 302, 303];

/** Five JVMs start one after another, and none lives long enough for the second compiler. */
const QUICK_START = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/** Three nodes by cluster.sh, with one address before them. */
export interface Cluster {
  readonly url: string;
  /** As the script's own words: kill, stop or start, and the node's number. */
  run(command: 'kill' | 'stop' | 'start', node: number): Promise<void>;
  /** Process ids of all that was started and is not known to have ended. */
  pids(): Promise<number[]>;
  down(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'magpie-cluster-'));
  const port = await freeBlock();
  const directory = join(folder, 'cluster');
  await mkdir(directory);
  await writeFile(join(directory, 'demo-password'), PASSWORD);
  const env = {
    ...bareEnvironment(),
    CLUSTER_DIR: directory,
    CLUSTER_PORT: String(port),
    JAVA_TOOL_OPTIONS: QUICK_START,
    MAGPIE_WARM_UP: '0s',
  };
  const run = async (...words: string[]): Promise<string> =>
    (await promisify(execFile)(SCRIPT, words, { env })).stdout;
  // Processes of a cluster outlive whoever started them. This one waits for the end of its input,
  // which comes also when the tests are killed, and clears up.
  const clear = 'read -r line; "$0" down; rm -rf "$1"';
  const guard = spawn('bash', ['-c', clear, SCRIPT, folder], {
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const gone = once(guard, 'exit');
  const clearUp = async (): Promise<void> => {
    guard.stdin.end();
    await gone;
  };
  try {
    const said = await run('up');
    const nodes = [1, 2, 3].map((node) => port + node);
    const own = said.includes('front  ') ? undefined : await openFront(port, nodes);
    return {
      url: `http://localhost:${port}`,
      run: async (command, node) => void (await run(command, String(node))),
      pids: () => pids(directory),
      down: async () => {
        await own?.close();
        await clearUp();
      },
    };
  } catch (error) {
    await clearUp();
    throw error;
  }
}

async function pids(directory: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of ['front', 'services', 'node-1', 'node-2', 'node-3']) {
    const line = await readFile(join(directory, `${name}.pid`), 'utf8').catch(() => undefined);
    if (line !== undefined) found.push(Number(line.split(' ')[0]));
  }
  return found;
}

/** Whether it lives; one that has ended and that its parent has not collected yet does not. */
export async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) [XZ] /u.test(stat);
}

async function freeBlock(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    // Below the ports that the kernel gives to others.
    const first = 12_000 + 400 * Math.floor(Math.random() * 45);
    const free = await Promise.all(PORTS.map((offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no free ports for a cluster');
}
