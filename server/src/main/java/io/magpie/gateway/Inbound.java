package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Puts text messages together from frames, strictly: UTF-8 without mistakes, sizes and counts
 * within the limits. The library's own aggregation neither closes on oversize nor validates UTF-8.
 */
final class Inbound {
  private static final int MAX_FRAGMENTS = 64;
  private static final long MAX_NANOS = 10_000_000_000L;

  private final int maxBytes;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private Buffer parts;
  private int fragments;
  private long startedAt;

  Inbound(int maxBytes) {
    this.maxBytes = maxBytes;
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
    if (frame.isBinary()) {
      throw new Refused(CloseCode.BINARY_REFUSED, "only text frames");
    }
    Buffer bytes = frame.binaryData();
    if (!frame.isContinuation()) {
      if (parts != null) {
        throw new Refused(CloseCode.PROTOCOL_ERROR, "a new message inside another");
      }
      if (frame.isFinal()) {
        return Optional.of(decode(limited(bytes)));
      }
      parts = Buffer.buffer();
      fragments = 0;
      startedAt = now;
    } else if (parts == null) {
      throw new Refused(CloseCode.PROTOCOL_ERROR, "a continuation without a start");
    }
    return append(bytes, frame.isFinal(), now);
  }

  /** Whether a message was begun too long ago. */
  boolean stalled(long now) {
    return parts != null && now - startedAt > MAX_NANOS;
  }

  private Optional<String> append(Buffer bytes, boolean last, long now) throws Refused {
    parts.appendBuffer(bytes);
    limited(parts);
    if (++fragments > MAX_FRAGMENTS || stalled(now)) {
      throw new Refused(CloseCode.POLICY, "too many fragments");
    }
    if (!last) {
      return Optional.empty();
    }
    Buffer whole = parts;
    parts = null;
    return Optional.of(decode(whole));
  }

  private Buffer limited(Buffer bytes) throws Refused {
    if (bytes.length() > maxBytes) {
      throw new Refused(CloseCode.TOO_LARGE, "larger than " + maxBytes + " bytes");
    }
    return bytes;
  }

  private String decode(Buffer bytes) throws Refused {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes.getBytes())).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(CloseCode.INVALID_UTF8, "not valid UTF-8");
    }
  }
}
