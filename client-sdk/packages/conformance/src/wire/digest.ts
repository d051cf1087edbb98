/** FNV-1a, 32 bit, of an ASCII text. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** What `hash` of a heartbeat has to be for these streams and the last number pushed in each. */
export function digest(cursors: ReadonlyMap<string, number>): number {
  let hash = 0;
  for (const [stream, seq] of cursors) hash ^= fnv1a(`${stream}:${seq}`);
  return hash >>> 0;
}
