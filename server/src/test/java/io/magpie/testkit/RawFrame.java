package io.magpie.testkit;

import java.nio.charset.StandardCharsets;

/** A WebSocket frame as it came. */
public record RawFrame(int opcode, boolean last, byte[] payload) {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The code of a close frame; 1005 where it has none (RFC 6455, 7.1.5). */
  public int closeCode() {
    return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
  }
}
