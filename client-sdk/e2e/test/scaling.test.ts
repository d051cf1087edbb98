import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const DOCS = join(import.meta.dirname, '../../../docs');

/** A copy, so that nothing that goes wrong is written into the page itself. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-scaling-'));
  for (const name of ['scaling.md', 'scaling.mjs']) cpSync(join(DOCS, name), join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true }));

function page(): string {
  return readFileSync(join(folder, 'scaling.md'), 'utf8');
}

function calculate(...args: string[]) {
  const options = { encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [join(folder, 'scaling.mjs'), ...args], options);
}

it('docs/scaling.md shows what its own tables give', () => {
  expect(calculate('--check')).toMatchObject({ status: 0, stderr: '' });
});

it('a value that was changed in a table is noticed, and written into the results', () => {
  const before = page();
  writeFileSync(
    join(folder, 'scaling.md'),
    before.replace('| `messages` | 40 |', '| `messages` | 80 |'),
  );
  const { status, stderr } = calculate('--check');
  expect(status).toBe(1);
  expect(stderr).toContain('other results than its tables give');
  expect(calculate().status).toBe(0);
  expect(page()).toContain('| 1,000 | 1,600 | 7.4 |');
  expect(calculate('--check').status).toBe(0);
});

it('other values are printed and change nothing', () => {
  const before = page();
  const { status, stdout } = calculate('messages=80', 'connections=1000');
  expect(status).toBe(0);
  expect(stdout).toContain('| 1,000 | 1,600 | 7.4 |');
  expect(page()).toBe(before);
});

it.each([
  ['message=80', 'message: no such name, there are: idle, '],
  ['constructor=1', 'constructor: no such name'],
  ['messages=many', 'messages: has to be a number above 0, not "many"'],
  ['messages=', 'messages: has to be a number above 0, not ""'],
  ['messages=8=0', 'messages: has to be a number above 0, not "8=0"'],
  ['connections=0', 'connections: has to be a number above 0, not "0"'],
  ['online=-0.5', 'online: has to be a number above 0, not "-0.5"'],
  ['connections=Infinity', 'connections: has to be a number above 0, not "Infinity"'],
  ['connections=1e308', 'too large or too small to calculate with'],
  ['online=1.5', 'online: is a share, so 1 at most'],
  ['devices=0.5', 'devices: who is online has one connection at least'],
  ['sent_80=0.5', 'sent_2, sent_20, sent_80: have to make 1 together'],
  ['heard_one=50000', 'heard_one: has to be below publish_one'],
  ['--chek', '--chek: not name=value'],
])('%s is refused with what is wrong and how to ask', (arg, why) => {
  const before = page();
  const { status, stdout, stderr } = calculate(arg);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(why);
  expect(stderr).toContain('node docs/scaling.mjs name=value');
  expect(page()).toBe(before);
});
