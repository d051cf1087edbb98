const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a, 32 bit, of ASCII text. */
export function fnv1a(text: string): number {
  let hash = OFFSET;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  }
  return hash >>> 0;
}

/** The hash of a heartbeat: XOR over all streams of the hash of `<stream>:<seq>`. */
export function digest(pushed: Iterable<readonly [stream: string, seq: number]>): number {
  let all = 0;
  for (const [stream, seq] of pushed) all ^= fnv1a(`${stream}:${seq}`);
  return all >>> 0;
}
