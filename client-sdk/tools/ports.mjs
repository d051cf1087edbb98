import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of this machine that nobody has at the moment. */
export async function freePort() {
  return listen(0);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(port) {
  return listen(port).then(
    () => true,
    () => false,
  );
}

/**
 * @param {number} on
 * @returns {Promise<number>}
 */
async function listen(on) {
  const probe = createServer().listen(on, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}
