export { cases } from './cases/index.js';
export type { Case, Need, Result, Verdict } from './run/case.js';
export type { Credentials } from './run/desk.js';
export { run, type RunOptions } from './run/runner.js';
export { browserPlatform } from './wire/browser-platform.js';
export type { Line, Listener, Platform, RawLine, Upgrade } from './wire/line.js';
