import { Contract } from '../wire/contract.js';
import { Http } from '../wire/http.js';
import type { Platform } from '../wire/line.js';
import type { Case, Need, Result } from './case.js';
import { Skip } from './check.js';
import { Desk, type Credentials } from './desk.js';
import { Stage, type Node } from './stage.js';

export interface RunOptions {
  /** Base URLs of one server, or of several nodes of one cluster. */
  readonly urls: readonly string[];
  readonly credentials: Credentials;
  readonly platform: Platform;
  readonly cases: readonly Case[];
  /** How long a case waits for what is owed at once; 10 s. */
  readonly patienceMs?: number;
  /** How long a case may wait for what the server's settings put off; 30 s. */
  readonly waitMs?: number;
  /** When a case is given up; 90 s. */
  readonly limitMs?: number;
  /** How many cases run at a time, and twice as many slow ones beside them; 4. */
  readonly parallel?: number;
  /** Told of each result, in the order of the cases. */
  readonly onResult?: (result: Result) => void;
}

/** Runs the cases, some at a time, each with people of its own. */
export async function run(options: RunOptions): Promise<Result[]> {
  const nodes = await Promise.all(options.urls.map(node));
  const name = `conformance-${Date.now().toString(36)}`;
  const desk = await Desk.open(nodes[0]!.http, options.credentials, name);
  try {
    return await inOrder(options, (one) => runOne(one, options, { name, nodes, desk }));
  } finally {
    await desk.close();
  }
}

async function node(url: string): Promise<Node> {
  const base = url.replace(/\/+$/u, '');
  const contract = await Contract.load(base);
  return { url: base, contract, http: new Http(base, contract) };
}

/** Slow cases mostly wait, so they run beside the others; results are told in order. */
async function inOrder(
  { cases, parallel = 4, onResult }: RunOptions,
  start: (one: Case) => Promise<Result>,
): Promise<Result[]> {
  const results: (Result | undefined)[] = cases.map(() => undefined);
  let told = 0;
  const lane = async (waiting: number[]) => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      results[i] = await start(cases[i]!);
      for (let done = results[told]; done !== undefined; done = results[++told]) onResult?.(done);
    }
  };
  const lanes = (slow: boolean) => {
    const waiting = [...cases.keys()].filter((i) => (cases[i]!.slow === true) === slow);
    return Array.from({ length: slow ? parallel * 2 : parallel }, () => lane(waiting));
  };
  await Promise.all([...lanes(true), ...lanes(false)]);
  return results as Result[];
}

interface Surroundings {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly desk: Desk;
}

async function runOne(one: Case, options: RunOptions, around: Surroundings): Promise<Result> {
  const { id, promise } = one;
  const missing = unmet(one.needs ?? [], options, around);
  if (missing !== undefined) return { id, promise, verdict: 'skip', reason: missing, ms: 0 };
  const stage = new Stage({
    ...around,
    name: `${around.name}-${id}`,
    platform: options.platform,
    patienceMs: options.patienceMs ?? 10_000,
    waitMs: options.waitMs ?? 30_000,
  });
  const began = Date.now();
  const ms = () => Date.now() - began;
  try {
    try {
      await within(options.limitMs ?? 90_000, one.run(stage));
    } finally {
      await stage.finish();
    }
    return { id, promise, verdict: 'pass', ms: ms() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id, promise, verdict: error instanceof Skip ? 'skip' : 'fail', reason, ms: ms() };
  }
}

function unmet(needs: readonly Need[], { platform }: RunOptions, { nodes, desk }: Surroundings) {
  if (needs.includes('nodes') && nodes.length < 2) return 'needs a second node (--url)';
  if (needs.includes('program') && platform.upgrade === undefined)
    return 'a browser cannot do this';
  if (needs.includes('admin') && !desk.hasAdmin) return 'needs a super admin (--admin)';
  return undefined;
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`given up after ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
