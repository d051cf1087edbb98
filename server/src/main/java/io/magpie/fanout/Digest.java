package io.magpie.fanout;

import java.util.UUID;

/**
 * Count and hash over what a connection was given: the XOR of FNV-1a (32 bit) over the ASCII text
 * {@code <stream>:<seq>} of each stream, so the order of streams does not matter. FNV-1a as in
 * draft-eastlake-fnv.
 */
public final class Digest {
  private static final int OFFSET_BASIS = 0x811c9dc5;
  private static final int PRIME = 0x01000193;

  private int count;
  private int hash;

  void add(UUID stream, long seq) {
    count++;
    hash ^= fnv1a(stream + ":" + seq);
  }

  public int count() {
    return count;
  }

  /** Unsigned 32 bit. */
  public long hash() {
    return Integer.toUnsignedLong(hash);
  }

  static int fnv1a(String ascii) {
    int h = OFFSET_BASIS;
    for (int i = 0; i < ascii.length(); i++) {
      h = (h ^ ascii.charAt(i)) * PRIME;
    }
    return h;
  }
}
