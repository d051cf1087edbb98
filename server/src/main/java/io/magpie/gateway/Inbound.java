package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Puts text messages together from frames, strictly: UTF-8 without mistakes, sizes and counts
 * within the limits. The library's own aggregation neither closes on oversize nor validates UTF-8.
 */
final class Inbound {
  private static final int MAX_FRAGMENTS = 64;
  private static final long MAX_NANOS = 10_000_000_000L;

  private final int maxBytes;
  private final Utf8 utf8;
  private ByteArrayOutputStream parts;
  private int fragments;
  private long startedAt;

  Inbound(int maxBytes, Utf8 utf8) {
    this.maxBytes = maxBytes;
    this.utf8 = utf8;
  }

  /** A frame that cannot be taken; the connection ends with this code. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final CloseCode code;

    Refused(CloseCode code, String reason) {
      super(reason, null, false, false);
      this.code = code;
    }

    CloseCode code() {
      return code;
    }
  }

  /**
   * Takes a data frame.
   *
   * @return the text, once it is whole
   */
  Optional<String> take(WebSocketFrame frame, long now) throws Refused {
    if (frame instanceof BinaryWebSocketFrame) {
      throw new Refused(CloseCode.BINARY_REFUSED, "only text frames");
    }
    ByteBuf bytes = frame.content();
    if (!(frame instanceof ContinuationWebSocketFrame)) {
      if (parts != null) {
        throw new Refused(CloseCode.PROTOCOL_ERROR, "a new message inside another");
      }
      if (frame.isFinalFragment()) {
        limit(bytes.readableBytes());
        return Optional.of(decode(() -> utf8.read(bytes)));
      }
      parts = new ByteArrayOutputStream(Math.max(64, bytes.readableBytes() * 2));
      fragments = 0;
      startedAt = now;
    } else if (parts == null) {
      throw new Refused(CloseCode.PROTOCOL_ERROR, "a continuation without a start");
    }
    return append(bytes, frame.isFinalFragment(), now);
  }

  /** Whether this is a text message on its own that is not too large. */
  boolean plain(WebSocketFrame frame) {
    return parts == null
        && frame instanceof TextWebSocketFrame
        && frame.isFinalFragment()
        && frame.content().readableBytes() <= maxBytes;
  }

  /** Whether a message was begun too long ago. */
  boolean stalled(long now) {
    return parts != null && now - startedAt > MAX_NANOS;
  }

  private Optional<String> append(ByteBuf bytes, boolean last, long now) throws Refused {
    limit(parts.size() + bytes.readableBytes());
    parts.writeBytes(ByteBufUtil.getBytes(bytes));
    if (++fragments > MAX_FRAGMENTS || stalled(now)) {
      throw new Refused(CloseCode.POLICY, "too many fragments");
    }
    if (!last) {
      return Optional.empty();
    }
    byte[] whole = parts.toByteArray();
    parts = null;
    return Optional.of(decode(() -> utf8.read(whole)));
  }

  private void limit(int bytes) throws Refused {
    if (bytes > maxBytes) {
      throw new Refused(CloseCode.TOO_LARGE, "larger than " + maxBytes + " bytes");
    }
  }

  private interface Reading {
    String read() throws CharacterCodingException;
  }

  private static String decode(Reading reading) throws Refused {
    try {
      return reading.read();
    } catch (CharacterCodingException e) {
      throw new Refused(CloseCode.INVALID_UTF8, "not valid UTF-8");
    }
  }
}
