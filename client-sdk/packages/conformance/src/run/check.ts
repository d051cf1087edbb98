import { short } from '../wire/contract.js';

/** A promise of the protocol was not kept. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** The case cannot be run here; the reason is told, and nothing counts as proven. */
export class Skip extends Error {
  override readonly name = 'Skip';
}

/** Breaks the case unless something holds. */
export function check(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Broken(sentence);
}

/** Breaks the case unless both are the same JSON. The order of an object's fields means nothing. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (canonical(actual) !== canonical(expected))
    throw new Broken(`${what}: ${short(actual)} instead of ${short(expected)}`);
}

/** Breaks the case unless both hold the same items, in any order. */
export function sameSet(
  actual: Iterable<unknown>,
  expected: Iterable<unknown>,
  what: string,
): void {
  const sorted = (items: Iterable<unknown>) => [...items].map(canonical).sort();
  if (sorted(actual).join('\n') !== sorted(expected).join('\n'))
    throw new Broken(`${what}: ${short([...actual])} instead of ${short([...expected])}`);
}

/** The numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .filter(([, field]) => field !== undefined)
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : inner,
    ) ?? 'undefined'
  );
}
