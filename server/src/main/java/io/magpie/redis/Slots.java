package io.magpie.redis;

import java.nio.charset.StandardCharsets;

/** The slot of a Redis Cluster in which a channel lies: CRC16 (XMODEM) modulo 16384. */
final class Slots {
  static final int COUNT = 16_384;

  private static final int POLYNOMIAL = 0x1021;

  private Slots() {}

  /**
   * As in the Redis Cluster specification: what stands in the first braces counts alone.
   *
   * @param name ASCII
   */
  static int of(String name) {
    int open = name.indexOf('{');
    int close = open < 0 ? -1 : name.indexOf('}', open + 1);
    String counted = close > open + 1 ? name.substring(open + 1, close) : name;
    int crc = 0;
    for (byte b : counted.getBytes(StandardCharsets.US_ASCII)) {
      crc ^= (b & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
    }
    return (crc & 0xffff) % COUNT;
  }
}
