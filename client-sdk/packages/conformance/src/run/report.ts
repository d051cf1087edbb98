import type { Case, Result } from './case.js';

const MARK = { pass: 'pass', fail: 'FAIL', skip: 'skip' } as const;

/** The cases whose id begins with one of the words; all, without words. */
export function choose(all: readonly Case[], words: readonly string[], quick: boolean): Case[] {
  const chosen = all.filter(
    ({ id }) => words.length === 0 || words.some((word) => id.startsWith(word)),
  );
  if (chosen.length === 0) throw new Error(`no case begins with ${words.join(', ')}`);
  return quick ? chosen.filter((one) => one.slow !== true) : chosen;
}

/** One result as a line; the reason below it. */
export function line({ id, promise, verdict, reason, ms }: Result): string {
  const head = `${MARK[verdict]}  ${id.padEnd(13)} ${`${ms} ms`.padStart(8)}  ${promise}`;
  return reason === undefined ? head : `${head}\n      ${reason}`;
}

export function count(results: readonly Result[], verdict: Result['verdict']): number {
  return results.filter((result) => result.verdict === verdict).length;
}

export function summary(results: readonly Result[], ms: number): string {
  const failed = results.filter((result) => result.verdict === 'fail').map(({ id }) => id);
  const numbers = `${count(results, 'pass')} passed, ${failed.length} failed, ${count(results, 'skip')} skipped`;
  const names = failed.length === 0 ? '' : `\nfailed: ${failed.join(' ')}`;
  return `\n${numbers} in ${(ms / 1000).toFixed(1)} s${names}`;
}
