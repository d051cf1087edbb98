// Builds the SDK: types from the contract, ES modules with declarations, the one-script build.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { cwd: here, stdio: 'inherit' });
const tsc = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);

node('../../tools/generate-types.mjs');
rmSync(join(here, 'dist'), { recursive: true, force: true });
node(tsc, '-p', 'tsconfig.build.json');
await build({
  absWorkingDir: here,
  entryPoints: ['src/global.ts'],
  outfile: 'dist/magpie.global.js',
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'Magpie',
  target: 'es2022',
  legalComments: 'none',
});
node('../../tools/check-size.mjs');
