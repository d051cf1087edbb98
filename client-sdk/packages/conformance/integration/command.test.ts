import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tamperingProxy } from './tampering-proxy.js';

const target = process.env['MAGPIE_URL'] ?? 'http://127.0.0.1:8080';
const password = process.env['MAGPIE_DEMO_PASSWORD'] ?? '';
const command = join(import.meta.dirname, '../dist/cli.js');

async function suite(url: string, ...args: string[]) {
  const all = ['--url', url, '--admin', `admin:${password}`, '--patience', '3', ...args];
  const child = spawn(process.execPath, [command, ...all]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

describe('the command', () => {
  it('ends with 0 and tells each case in a line', async () => {
    const { code, output } = await suite(target, '--only', 'C-STREAM');
    expect(output).toMatch(/^pass {2}C-STREAM-01 +\d+ ms {2}events of a stream are numbered/mu);
    expect(output).toContain('8 passed, 0 failed, 0 skipped');
    expect(code).toBe(0);
  });

  it('ends with 1 where a promise was broken', async () => {
    const proxy = await tamperingProxy(target, () => ({
      toClient: (frame, pass) => pass(frame['type'] === 'welcome' ? { ...frame, node: 1 } : frame),
    }));
    try {
      const { code, output } = await suite(proxy.url, '--only', 'C-HELLO-01', '--json');
      const { results } = JSON.parse(output);
      expect(results).toMatchObject([{ id: 'C-HELLO-01', verdict: 'fail' }]);
      expect(code).toBe(1);
    } finally {
      proxy.close();
    }
  });

  it('ends with 2 where it cannot run, and shows how to call it', async () => {
    const nowhere = await suite('http://127.0.0.1:1', '--only', 'C-HELLO-01');
    expect(nowhere.code).toBe(2);
    const misused = await suite(target, '--only', 'C-HELLO-01', '--colour', 'red');
    expect([misused.code, misused.output.includes('--only WORD')]).toEqual([2, true]);
  });
});
