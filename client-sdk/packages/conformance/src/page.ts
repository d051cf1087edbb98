import { cases } from './cases/index.js';
import type { Result } from './run/case.js';
import { choose, line, summary } from './run/report.js';
import { run, type RunOptions } from './run/runner.js';
import { browserPlatform } from './wire/browser-platform.js';

/** What a run takes, but what the page itself is. */
export interface PageOptions extends Omit<RunOptions, 'platform' | 'cases'> {
  readonly only?: readonly string[];
  readonly quick?: boolean;
}

declare global {
  interface Window {
    /** Runs the suite from this page; for programs that drive a browser. */
    magpieConformance: (options: PageOptions) => Promise<Result[]>;
  }
}

/** The suite with the WebSocket and fetch of this page. */
export function runHere({ only = [], quick = false, ...options }: PageOptions): Promise<Result[]> {
  const chosen = choose(cases, only, quick);
  return run({ ...options, platform: browserPlatform, cases: chosen });
}

window.magpieConformance = runHere;

function field(form: HTMLFormElement, name: string): string {
  return new FormData(form).get(name)?.toString().trim() ?? '';
}

async function start(form: HTMLFormElement, output: HTMLElement): Promise<void> {
  const print = (text: string) => {
    output.textContent += `${text}\n`;
  };
  output.textContent = '';
  const began = Date.now();
  const app = field(form, 'app');
  const credentials =
    app === ''
      ? { username: field(form, 'username'), password: field(form, 'password') }
      : { app, appKey: field(form, 'key') };
  const results = await runHere({
    urls: field(form, 'urls').split(/\s+/u),
    credentials,
    only: field(form, 'only').split(/\s+/u).filter(Boolean),
    onResult: (result) => print(line(result)),
  });
  print(summary(results, Date.now() - began));
}

const form = document.querySelector('form');
const output = document.querySelector('output');
const button = document.querySelector('button');
if (form !== null && output !== null && button !== null) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    start(form, output)
      .catch((error: unknown) => {
        output.textContent += String(error);
      })
      .finally(() => {
        button.disabled = false;
      });
  });
}
