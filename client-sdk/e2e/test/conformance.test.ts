import { cases, run, type Result } from '@magpie/conformance';
import { nodePlatform, servePage, type ServedPage } from '@magpie/conformance/node';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { browser } from '../kit/browser.ts';
import { PASSWORD, startServer, type RunningServer } from '../kit/server.ts';

/** What a case would wait for too long with ordinary settings comes soon. */
const QUICK = {
  MAGPIE_HEARTBEAT: '2s',
  MAGPIE_READ_IDLE: '15s',
  MAGPIE_ACCESS_TOKEN_TTL: '30s',
  MAGPIE_TOKEN_LEEWAY: '1s',
};

/** The end of a token is waited for, and the machine may be busy. */
const TIMES = { waitMs: 45_000, patienceMs: 20_000, limitMs: 150_000, parallel: 3 };

/** Mostly some 40 s. */
const LIMIT_MS = 240_000;

const credentials = { username: 'admin', password: PASSWORD };

let page: ServedPage;
let first: RunningServer;
let second: RunningServer;

beforeAll(async () => {
  page = await servePage(0);
  const settings = { ...QUICK, MAGPIE_ORIGINS: page.origin };
  first = await startServer({ ...settings, MAGPIE_NODE_ID: 'first' });
  second = await startServer({ ...settings, ...(await first.joining()), MAGPIE_NODE_ID: 'second' });
});

afterAll(async () => {
  page?.close();
  await second?.stop();
  await first?.stop();
});

function failed(results: readonly Result[]): Result[] {
  return results.filter(({ verdict }) => verdict === 'fail');
}

function skipped(results: readonly Result[]): string[] {
  return results.filter(({ verdict }) => verdict === 'skip').map(({ id }) => id);
}

describe('two nodes of the built server keep the promises of the protocol', () => {
  it.concurrent('to programs, every one of them', { timeout: LIMIT_MS }, async ({ expect }) => {
    const urls = [first.url, second.url];
    const results = await run({
      urls,
      credentials,
      platform: nodePlatform,
      cases,
      ...TIMES,
    });
    expect(failed(results)).toEqual([]);
    expect(skipped(results)).toEqual([]);
    expect(results.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
  });

  it.concurrent(
    'to pages of another origin, but what browsers cannot do',
    { timeout: LIMIT_MS },
    async ({ expect }) => {
      const tab = await (await browser()).newPage();
      await tab.goto(`${page.origin}/`);
      const results = await tab.evaluate(
        (options) =>
          (
            globalThis as unknown as { magpieConformance(o: object): Promise<Result[]> }
          ).magpieConformance(options),
        { urls: [first.url, second.url], credentials, ...TIMES },
      );
      expect(failed(results)).toEqual([]);
      const programs = cases.filter(({ needs }) => needs?.includes('program'));
      expect(skipped(results)).toEqual(programs.map(({ id }) => id));
    },
  );

  it('and the page shows what it finds', async () => {
    const tab = await (await browser()).newPage();
    await tab.goto(`${page.origin}/`);
    await tab.getByLabel('Servers').fill(first.url);
    await tab.getByLabel('User name').fill('admin');
    await tab.getByLabel('Password').fill(PASSWORD);
    await tab.getByLabel('Only ids').fill('C-STREAM C-HTTP');
    await tab.getByRole('button', { name: 'Run' }).click();
    await tab.getByText('13 passed, 0 failed, 0 skipped').waitFor();
  });
});
