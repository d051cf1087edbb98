/** Waits, turn by turn of the event loop, until `condition` answers something; no time is slept. */
export async function until<T>(condition: () => T, what = 'a condition'): Promise<NonNullable<T>> {
  const deadline = process.hrtime.bigint() + 5_000_000_000n;
  for (;;) {
    const answer = condition();
    if (answer) return answer as NonNullable<T>;
    if (process.hrtime.bigint() > deadline)
      throw new Error(`waited in vain for ${what}: ${condition}`);
    await turn();
  }
}

/** Lets everything that is under way in this process happen, sockets included. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i++) await turn();
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
