package io.magpie.bench.wire;

import java.nio.ByteBuffer;

/** Frames of a client: masked, never fragmented. */
public final class ClientFrames {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PONG = 0x8a;

  /** Bytes of a frame besides its payload, at most. */
  public static final int OVERHEAD = 14;

  private ClientFrames() {}

  public static void text(byte[] payload, int mask, ByteBuffer out) {
    write(TEXT, payload, 0, payload.length, mask, out);
  }

  public static void pong(byte[] bytes, int from, int to, int mask, ByteBuffer out) {
    write(PONG, bytes, from, to, mask, out);
  }

  /** Close with 1000. */
  public static void close(int mask, ByteBuffer out) {
    write(CLOSE, new byte[] {3, (byte) 0xe8}, 0, 2, mask, out);
  }

  private static void write(int first, byte[] bytes, int from, int to, int mask, ByteBuffer out) {
    int length = to - from;
    out.put((byte) first);
    if (length < 126) {
      out.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      out.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      out.put((byte) (0x80 | 127)).putLong(length);
    }
    out.putInt(mask);
    for (int i = 0; i < length; i++) {
      out.put((byte) (bytes[from + i] ^ mask >>> (24 - 8 * (i & 3))));
    }
  }
}
