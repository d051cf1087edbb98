import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));

/** The only files that are served, and what they are. */
const FILES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['/', ['conformance.html', 'text/html; charset=utf-8']],
  ['/conformance.js', ['conformance.js', 'text/javascript; charset=utf-8']],
]);

export interface ServedPage {
  readonly origin: string;
  close(): void;
}

/** Serves the page that runs the suite, on this machine only; port 0 takes any free one. */
export async function servePage(port: number): Promise<ServedPage> {
  const server = createServer((request, response) => {
    const file = FILES.get(request.url ?? '');
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [name, type] = file;
    readFile(join(HERE, name)).then(
      (content) => response.writeHead(200, { 'Content-Type': type }).end(content),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}
