/** Shortest and longest wait before the next try, in milliseconds. */
export const SHORTEST = 500;
export const LONGEST = 20_000;

/**
 * Full jitter: anywhere between the shortest wait and a bound that doubles with each try, so that a
 * thousand clients of a restarted server do not come back at the same moment.
 *
 * @param attempt tries that failed so far, from 0
 */
export function backoff(attempt: number, random: () => number): number {
  const bound = Math.min(LONGEST, SHORTEST * 2 ** Math.min(attempt + 1, 16));
  return Math.round(SHORTEST + random() * (bound - SHORTEST));
}

/** While nobody looks at the page: 20 to 60 seconds; becoming visible ends the wait. */
export function hiddenBackoff(random: () => number): number {
  return Math.round(LONGEST + random() * 2 * LONGEST);
}
