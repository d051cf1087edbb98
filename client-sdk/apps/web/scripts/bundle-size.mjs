// Prints what a browser loads, gzipped, and fails when the first screen grows past its limit.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** For everything that index.html names, gzipped: login works with nothing else. */
const FIRST_LOAD_LIMIT = 320 * 1024;

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const gzipped = (file) => gzipSync(readFileSync(join(dist, 'assets', file)), { level: 9 }).length;

const sizes = readdirSync(join(dist, 'assets'))
  .filter((file) => /\.(js|css)$/.test(file))
  .map((file) => ({ file, bytes: gzipped(file), first: html.includes(file) }))
  .toSorted((a, b) => b.bytes - a.bytes);

const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const first = sum(sizes.filter((one) => one.first));
console.log(
  `web app: first load ${kib(first)} gzipped, all ${kib(sum(sizes))} in ${sizes.length} files`,
);
if (first > FIRST_LOAD_LIMIT) {
  console.error(`the first load is over its limit of ${kib(FIRST_LOAD_LIMIT)}:`);
  for (const { file, bytes } of sizes.filter((one) => one.first))
    console.error(`  ${file} ${kib(bytes)}`);
  process.exit(1);
}
