#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { cases } from './cases/index.js';
import type { Result } from './run/case.js';
import type { Credentials } from './run/desk.js';
import { run } from './run/runner.js';
import { servePage } from './serve.js';
import { choose, line, summary } from './run/report.js';
import { nodePlatform } from './wire/node-platform.js';

const USAGE = `Runs the promises of the protocol magpie.v1 against a server.

  magpie-conformance --url http://localhost:8080 --admin user:password
  magpie-conformance --url https://a --url https://b --app <id> --app-key mk_…

  --url URL         a server; several are nodes of one cluster
  --admin U:P       a super admin: an app is made for the run, its key is revoked at the end
  --app ID          an app that is there already, with
  --app-key KEY     its key
  --only WORD       only cases whose id begins so (C-SEND), may be repeated
  --quick           leave the slow ones out
  --wait SECONDS    longest wait for what the server's settings put off, such as heartbeats (30)
  --patience S      longest wait for what is owed at once (10)
  --parallel N      cases at a time (4)
  --json            one JSON document with all results
  --list            the cases, without running them
  --page PORT       serves the page that runs the suite in a browser, until Ctrl-C

Passwords and keys may be given as CONFORMANCE_ADMIN and CONFORMANCE_APP_KEY.
Exit code: 0 all that ran passed, 1 a promise was broken, 2 the suite could not run.
`;

class Misuse extends Error {}

const print = (text: string) => void process.stdout.write(`${text}\n`);

function options() {
  return parseArgs({
    options: {
      url: { type: 'string', multiple: true },
      admin: { type: 'string' },
      app: { type: 'string' },
      'app-key': { type: 'string' },
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean' },
      wait: { type: 'string' },
      patience: { type: 'string' },
      parallel: { type: 'string' },
      json: { type: 'boolean' },
      list: { type: 'boolean' },
      page: { type: 'string' },
      help: { type: 'boolean' },
    },
  }).values;
}

function credentials(given: ReturnType<typeof options>): Credentials {
  const key = given['app-key'] ?? process.env['CONFORMANCE_APP_KEY'];
  if (given.app !== undefined && key !== undefined) return { app: given.app, appKey: key };
  const admin = given.admin ?? process.env['CONFORMANCE_ADMIN'];
  const [username, ...rest] = (admin ?? '').split(':');
  if (!username || rest.length === 0) throw new Misuse('give --admin, or --app and --app-key');
  return { username, password: rest.join(':') };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new Misuse(`${text} is not a positive number`);
  return value;
}

async function main(): Promise<number> {
  const given = options();
  const chosen = choose(cases, given.only ?? [], given.quick === true);
  if (given.help) print(USAGE);
  if (given.list) for (const one of chosen) print(`${one.id}  ${one.promise}`);
  if (given.page !== undefined) {
    const page = await servePage(positive(given.page, 0));
    print(`${page.origin}/  (start the server with MAGPIE_ORIGINS=${page.origin})`);
  }
  if (given.help || given.list || given.page !== undefined) return 0;
  if (given.url === undefined) throw new Misuse('give --url');
  const began = Date.now();
  const results = await run({
    urls: given.url,
    credentials: credentials(given),
    platform: nodePlatform,
    cases: chosen,
    waitMs: positive(given.wait, 30) * 1000,
    patienceMs: positive(given.patience, 10) * 1000,
    parallel: Math.ceil(positive(given.parallel, 4)),
    onResult: (result: Result) => given.json || print(line(result)),
  });
  print(given.json ? JSON.stringify({ results }, null, 2) : summary(results, Date.now() - began));
  return results.some((result) => result.verdict === 'fail') ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  const code = String((error as { readonly code?: unknown }).code);
  const misused = error instanceof Misuse || code.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(misused ? `${text}\n\n${USAGE}` : `${text}\n`);
  process.exitCode = 2;
}
