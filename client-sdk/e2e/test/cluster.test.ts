import { afterAll, beforeAll, expect, it } from 'vitest';
import { runs, startCluster, type Cluster } from '../kit/cluster.ts';
import { fresh, LI, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';

let cluster: Cluster;

/** Mostly some 15 s; five JVMs on a busy machine. */
const START_MS = 240_000;

beforeAll(async () => {
  cluster = await startCluster();
}, START_MS);

afterAll(async () => {
  const pids = await cluster.pids();
  expect(pids.length).toBeGreaterThanOrEqual(3);
  await cluster.down();
  for (const pid of pids) expect(await runs(pid), `process ${pid}`).toBe(false);
});

/** The number of the node that the page is on. */
async function nodeOf({ page }: Person): Promise<number> {
  const name = await page
    .locator('[data-testid="connection"][data-node]')
    .getAttribute('data-node');
  return Number(/^node-([123])$/u.exec(name!)![1]);
}

async function leaves({ page }: Person, node: number): Promise<void> {
  await page
    .locator(`[data-testid="connection"][data-node]:not([data-node="node-${node}"])`)
    .waitFor();
}

/** The walk-through of the README. */
it('a node is killed: its page names another one, and nothing is missing on either side', async () => {
  const options = { baseURL: cluster.url };
  const zhang = await Person.logIn(ZHANG.username, options);
  const li = await Person.logIn(LI.username, options);
  const group = fresh('cluster');
  await zhang.createGroup(group, [LI.name]);
  await li.open(group);
  const killed = await nodeOf(zhang);
  while ((await nodeOf(li)) === killed) await li.page.reload();
  await li.composer.waitFor();
  await zhang.write('before, from the one');
  await li.message('before, from the one').waitFor();
  await li.write('before, from the other');
  await zhang.message('before, from the other').waitFor();

  const noticed = zhang.page.getByTestId('connection').getByText('reconnecting').waitFor();
  await cluster.run('kill', killed);
  await zhang.write('while it was gone, from the one');
  await li.write('while it was gone, from the other');
  await noticed;
  await leaves(zhang, killed);
  await zhang.message('while it was gone, from the other').waitFor();
  await li.message('while it was gone, from the one').waitFor();

  await cluster.run('start', killed);
  const drained = await nodeOf(li);
  await cluster.run('stop', drained);
  await leaves(li, drained);
  await zhang.write('after it, from the one');
  await li.message('after it, from the one').waitFor();
  await li.write('after it, from the other');
  await zhang.status('after it, from the one', 'read');
  await zhang.message('after it, from the other').waitFor();

  const texts = await zhang.texts();
  expect(await li.texts()).toEqual(texts);
  expect([...texts].sort()).toEqual([
    'after it, from the one',
    'after it, from the other',
    'before, from the one',
    'before, from the other',
    'while it was gone, from the one',
    'while it was gone, from the other',
  ]);
  expect(texts.slice(0, 2)).toEqual(['before, from the one', 'before, from the other']);
  expect(texts.slice(4)).toEqual(['after it, from the one', 'after it, from the other']);
});
