package io.magpie.bench.wire;

/** Looks into messages without decoding them. */
public final class Bytes {
  private Bytes() {}

  /** Whether these bytes are at this place. */
  public static boolean at(byte[] bytes, int from, int to, byte[] wanted) {
    if (from < 0 || to - from < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where these bytes are first, or -1. */
  public static int find(byte[] bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (bytes[i] == wanted[0] && at(bytes, i, to, wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** The decimal number that begins at this place; 0 where there is none. */
  public static int number(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = 10 * value + bytes[i] - '0';
    }
    return value;
  }
}
