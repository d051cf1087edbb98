// `npm ci`, unless node_modules already holds exactly what the lock file says.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules/.magpie-lock');
const now = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(process.version + process.platform + process.arch)
  .digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
  console.log('npm packages are up to date');
} else {
  console.log('installing npm packages (the first time this downloads about 100 MB) …');
  const started = Date.now();
  const dots = setInterval(
    () => console.log(`  … still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    10_000,
  );
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const code = await new Promise((done) => npm.on('exit', done));
  clearInterval(dots);
  if (code !== 0) process.exit(code ?? 1);
  writeFileSync(stamp, now);
}
