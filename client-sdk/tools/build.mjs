// Builds the SDK, then what is built on it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const inOrder = ['packages/sdk', 'packages/conformance', 'apps/web'];

for (const workspace of inOrder) {
  if (!existsSync(join(root, workspace, 'package.json'))) continue;
  console.log(`building ${workspace} …`);
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '--workspace', workspace], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
