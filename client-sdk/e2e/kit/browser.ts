import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';
import { afterAll } from 'vitest';

let opened: Promise<Browser> | undefined;

/** The browser of this test file; closed after it. */
export function browser(): Promise<Browser> {
  opened ??= launch();
  return opened;
}

async function launch(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Not the flags of the package: they switch off what the tests look at.
    args: ['--no-sandbox', '--disable-background-networking'],
    headless: true,
  });
}

afterAll(async () => {
  await (await opened)?.close();
});
