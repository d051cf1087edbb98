package io.magpie.bench.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bodies of the benchmark's messages: a tilde, which nothing else in any of the protocols
 * contains, then the message's number, then filling. A delivery is recognised by that alone, in
 * whatever frame it came and however many came in one: eight bytes are looked at in a step, and the
 * filling is jumped over.
 */
public final class Markers {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte MARK = '~';
  private static final long MARKS = 0x7e7e7e7e7e7e7e7eL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final int DIGITS = 8;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int bodyBytes;

  /**
   * @param bodyBytes of every message, 10 at least
   */
  public Markers(int bodyBytes) {
    this.bodyBytes = bodyBytes;
  }

  /** Takes the number of each message that is found. */
  public interface Found {
    void message(int id);
  }

  /** The body of a message. */
  public byte[] body(int id) {
    byte[] body = new byte[bodyBytes];
    Arrays.fill(body, (byte) 'x');
    body[0] = MARK;
    for (int i = 0; i < DIGITS; i++) {
      body[1 + i] = HEX[id >>> (28 - 4 * i) & 15];
    }
    body[1 + DIGITS] = ' ';
    return body;
  }

  /** Hands on every message in these bytes, in their order. */
  public void find(byte[] bytes, int from, int to, Found found) {
    int at = from;
    while ((at = next(bytes, at, to)) >= 0 && at + bodyBytes <= to) {
      found.message(number(bytes, at + 1));
      at += bodyBytes;
    }
  }

  /** Where the next mark is, or -1. */
  static int next(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long different = (long) LONGS.get(bytes, at) ^ MARKS;
      long zero = (different - ONES) & ~different & HIGHS;
      if (zero != 0) {
        return at + (Long.numberOfTrailingZeros(zero) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == MARK) {
        return at;
      }
    }
    return -1;
  }

  private static int number(byte[] bytes, int from) {
    int value = 0;
    for (int i = from; i < from + DIGITS; i++) {
      int digit = bytes[i];
      value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    return value;
  }
}
