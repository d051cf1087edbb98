package io.magpie.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes of the server's WebSocket frames: whole messages, unmasked (RFC 6455, 5.2). */
final class WireFrames {
  /** A head is this long at most. */
  private static final int HEAD = 10;

  /** Before a list of events. */
  static final byte[] EVENTS = ascii("{\"type\":\"events\",\"events\":[");

  /** Before a list of signals. */
  static final byte[] SIGNALS = ascii("{\"type\":\"signals\",\"signals\":[");

  private static final byte[] END = ascii("]}");
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PONG = 0x8A;
  private static final int MAX_CONTROL = 125;

  /** Stands for a close frame without a code. */
  static final int NO_STATUS = 1_005;

  private WireFrames() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A text message of these bytes. */
  static ByteBuf text(ByteBufAllocator alloc, byte[] utf8) {
    ByteBuf frame = alloc.directBuffer(HEAD + utf8.length);
    head(frame, utf8.length);
    return frame.writeBytes(utf8);
  }

  /**
   * Text messages, one behind the other.
   *
   * @param items messages as byte arrays from {@code start} to {@code end}
   * @param size bytes of all of them
   */
  static ByteBuf texts(ByteBufAllocator alloc, List<Object> items, int start, int end, int size) {
    ByteBuf frames = alloc.directBuffer(HEAD * (end - start) + size);
    for (int i = start; i < end; i++) {
      byte[] utf8 = (byte[]) items.get(i);
      head(frames, utf8.length);
      frames.writeBytes(utf8);
    }
    return frames;
  }

  /** Begins a text message whose content of {@code length} bytes follows. */
  private static void head(ByteBuf frame, int length) {
    frame.writeByte(TEXT);
    if (length <= MAX_CONTROL) {
      frame.writeByte(length);
    } else if (length < 1 << 16) {
      frame.writeByte(126).writeShort(length);
    } else {
      frame.writeByte(127).writeLong(length);
    }
  }

  /**
   * A text message: a beginning, the parts with commas between, and what closes them.
   *
   * @param begin up to and with the {@code [} of the list
   */
  static ByteBuf list(ByteBufAllocator alloc, byte[] begin, List<byte[]> parts) {
    int length = begin.length + parts.size() - 1 + END.length;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuf frame = alloc.directBuffer(HEAD + length);
    head(frame, length);
    frame.writeBytes(begin);
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        frame.writeByte(',');
      }
      frame.writeBytes(parts.get(i));
    }
    return frame.writeBytes(END);
  }

  /**
   * @param code 1005 stands for none (RFC 6455, 7.4.1)
   * @param reason shortened to what a control frame holds
   */
  static ByteBuf close(ByteBufAllocator alloc, int code, String reason) {
    if (code == NO_STATUS) {
      return alloc.directBuffer(2).writeByte(CLOSE).writeByte(0);
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MAX_CONTROL - 2);
    while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
      length--; // not in the middle of a character
    }
    return alloc
        .directBuffer(4 + length)
        .writeByte(CLOSE)
        .writeByte(2 + length)
        .writeShort(code)
        .writeBytes(text, 0, length);
  }

  /** Answers a ping with its own content. */
  static ByteBuf pong(ByteBufAllocator alloc, ByteBuf content) {
    int length = content.readableBytes();
    return alloc
        .directBuffer(2 + length)
        .writeByte(PONG)
        .writeByte(length)
        .writeBytes(content, content.readerIndex(), length);
  }
}
