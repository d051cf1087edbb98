// Builds the suite: modules with declarations, the command, and the script and page for browsers.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const tsc = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);

rmSync(join(here, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: here, stdio: 'inherit' });
await build({
  absWorkingDir: here,
  entryPoints: ['src/page.ts'],
  outfile: 'dist/conformance.js',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'inline',
});
copyFileSync(join(here, 'src/conformance.html'), join(here, 'dist/conformance.html'));
chmodSync(join(here, 'dist/cli.js'), 0o755);
