package io.magpie.bench.wire;

import java.util.Arrays;

/**
 * Finds the frames of RFC 6455 in what a server sent, without copying: a message that came in one
 * frame is handed on where it lies. One for each connection; it remembers only a message in
 * fragments.
 */
public final class FrameReader {
  private static final int CONTINUATION = 0;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final byte[] NONE = {};

  private byte[] fragments = NONE;

  /**
   * Hands on every whole frame.
   *
   * @return where the first byte that was not used lies: the rest belongs before the next bytes
   * @throws IllegalStateException for frames that are masked or too large: not of a server
   */
  public int read(byte[] bytes, int from, int to, Messages messages) {
    int at = from;
    while (to - at >= 2) {
      int header = 2;
      long length = bytes[at + 1];
      if (length < 0) {
        throw new IllegalStateException("A masked frame from a server.");
      }
      if (length == 126) {
        header = 4;
      } else if (length == 127) {
        header = 10;
      }
      if (to - at < header) {
        return at;
      }
      if (header > 2) {
        length = number(bytes, at + 2, header - 2);
      }
      if (length > to - at - header) {
        return at;
      }
      int start = at + header;
      at = start + (int) length;
      frame(bytes[start - header], bytes, start, at, messages);
    }
    return at;
  }

  private static long number(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    if (value < 0 || value > Integer.MAX_VALUE / 2) {
      throw new IllegalStateException("A frame of " + value + " bytes.");
    }
    return value;
  }

  private void frame(int first, byte[] bytes, int from, int to, Messages messages) {
    boolean last = (first & 0x80) != 0;
    int opcode = first & 0x0f;
    if (opcode >= CLOSE) {
      control(opcode, bytes, from, to, messages);
    } else if (last && opcode != CONTINUATION) {
      messages.message(bytes, from, to);
    } else {
      fragment(last, bytes, from, to, messages);
    }
  }

  private static void control(int opcode, byte[] bytes, int from, int to, Messages messages) {
    if (opcode == PING) {
      messages.ping(bytes, from, to);
    } else if (opcode == CLOSE) {
      messages.close(to - from < 2 ? 1005 : (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff);
    } else if (opcode != PONG) {
      throw new IllegalStateException("A frame with opcode " + opcode + ".");
    }
  }

  private void fragment(boolean last, byte[] bytes, int from, int to, Messages messages) {
    int before = fragments.length;
    fragments = Arrays.copyOf(fragments, before + to - from);
    System.arraycopy(bytes, from, fragments, before, to - from);
    if (last) {
      byte[] whole = fragments;
      fragments = NONE;
      messages.message(whole, 0, whole.length);
    }
  }
}
