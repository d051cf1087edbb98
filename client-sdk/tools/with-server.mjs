// Runs a command against a server of its own, from the built jar on free ports with a fresh data
// directory: node tools/with-server.mjs <command …>. The command gets MAGPIE_URL and
// MAGPIE_DEMO_PASSWORD.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startServer } from './server.mjs';

const password = 'integration-1';

const [command, ...args] = process.argv.slice(2);
console.log('starting a server …');
const { url, stop } = await startServer({ MAGPIE_DEMO_PASSWORD: password });
let code = 1;
try {
  console.log(`it is at ${url}`);
  const env = { ...process.env, MAGPIE_URL: url, MAGPIE_DEMO_PASSWORD: password };
  const run = spawn(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  [code] = await once(run, 'exit');
} catch (error) {
  console.error(error);
} finally {
  await stop();
}
process.exit(code ?? 1);
