import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { afterAll, expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'test/readme-examples');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
  language: language!,
  code: code!,
}));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the examples of the README pass the type checker', () => {
  mkdirSync(folder, { recursive: true });
  const typed = blocks.filter(({ language }) => language === 'ts' || language === 'tsx');
  expect(typed.length).toBeGreaterThanOrEqual(5);
  for (const [i, { language, code }] of typed.entries()) {
    writeFileSync(join(folder, `example-${i}.${language}`), `${code}\nexport {};\n`);
  }
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: {
      noUnusedLocals: false,
      paths: {
        '@magpie/sdk': ['../../src/index.ts'],
        '@magpie/sdk/*': ['../../src/*/index.ts', '../../src/*.ts'],
      },
    },
    include: ['./*'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const compiler = join(dirname(typescript), 'bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
}, 60_000);

test('the script of the README is a script', async () => {
  const [script] = blocks.filter(({ language }) => language === 'js');
  await expect(transform(script!.code)).resolves.toBeDefined();
});
