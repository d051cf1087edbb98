import type { TestProject } from 'vitest/node';
import { startServer } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    url: string;
  }
}

/** One server for all files; `MAGPIE_E2E_URL` names one that already runs. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const running = process.env['MAGPIE_E2E_URL'];
  if (running !== undefined) {
    project.provide('url', running);
    return;
  }
  console.log('starting the server …');
  const server = await startServer();
  project.provide('url', server.url);
  console.log(`the server is ready at ${server.url}`);
  return server.stop;
}
