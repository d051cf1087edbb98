// Measures what a page pays for the SDK, minified and gzipped, and fails above the limits.
import { gzipSync } from 'node:zlib';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../packages/sdk/dist');
const limits = [
  { name: 'core', entry: 'index.js', kilobytes: 25 },
  { name: 'react', entry: 'react/index.js', kilobytes: 3 },
  { name: 'store-idb', entry: 'store-idb/index.js', kilobytes: 3 },
  { name: 'script', entry: 'magpie.global.js', kilobytes: 28 },
];

let tooLarge = false;
for (const { name, entry, kilobytes } of limits) {
  const { outputFiles } = await build({
    entryPoints: [join(dist, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['react'],
    legalComments: 'none',
  });
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  const figure = (bytes / 1024).toFixed(2);
  const fits = bytes <= kilobytes * 1024;
  tooLarge ||= !fits;
  console.log(`size of ${name}: ${figure} KB of ${kilobytes} KB${fits ? '' : '  TOO LARGE'}`);
}
if (tooLarge) process.exit(1);
