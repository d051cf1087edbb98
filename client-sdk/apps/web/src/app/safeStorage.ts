/** Settings of this browser. Storage may be forbidden (private mode, policy): then they last a page. */
const memory = new Map<string, string>();

export function readSetting(key: string): string | undefined {
  try {
    return localStorage.getItem(`magpie.${key}`) ?? undefined;
  } catch {
    return memory.get(key);
  }
}

export function writeSetting(key: string, value: string): void {
  memory.set(key, value);
  try {
    localStorage.setItem(`magpie.${key}`, value);
  } catch {
    // Kept in memory above.
  }
}
