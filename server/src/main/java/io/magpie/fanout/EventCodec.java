package io.magpie.fanout;

import io.magpie.stream.Event;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Events of one stream between nodes: for each {@code seq, at (ms), actor, length and text of the
 * kind, length and text of the data}. An event whose data is longer than {@value #MAX_DATA} bytes
 * travels without it and is read from the database by whoever needs it.
 */
final class EventCodec {
  /** Keeps what Redis buffers for a slow node small (trap R7). */
  static final int MAX_DATA = 4 * 1024;

  private static final int NO_DATA = -1;

  private EventCodec() {}

  /** An event, or only its number. */
  record Hint(long seq, Event event) {
    boolean whole() {
      return event != null;
    }
  }

  static byte[] encode(List<Event> events) {
    List<byte[]> data = new ArrayList<>(events.size());
    int length = 0;
    for (Event event : events) {
      byte[] text = event.data().getBytes(StandardCharsets.UTF_8);
      data.add(text.length <= MAX_DATA ? text : null);
      length += 37 + event.kind().length() + (text.length <= MAX_DATA ? text.length : 0);
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      out.putLong(event.seq()).putLong(event.at().toEpochMilli());
      out.putLong(event.actor().getMostSignificantBits());
      out.putLong(event.actor().getLeastSignificantBits());
      out.put((byte) event.kind().length());
      out.put(event.kind().getBytes(StandardCharsets.US_ASCII));
      byte[] text = data.get(i);
      out.putInt(text == null ? NO_DATA : text.length);
      if (text != null) {
        out.put(text);
      }
    }
    return out.array();
  }

  /**
   * @throws IllegalArgumentException for what {@link #encode} never makes
   */
  static List<Hint> decode(UUID stream, byte[] body) {
    List<Hint> hints = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(body);
    try {
      while (in.hasRemaining()) {
        hints.add(next(stream, in));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a message of a node is cut off", e);
    }
    return hints;
  }

  private static Hint next(UUID stream, ByteBuffer in) {
    long seq = in.getLong();
    Instant at = Instant.ofEpochMilli(in.getLong());
    UUID actor = new UUID(in.getLong(), in.getLong());
    String kind = text(in, in.get());
    int length = in.getInt();
    return length == NO_DATA
        ? new Hint(seq, null)
        : new Hint(seq, new Event(stream, seq, kind, actor, at, text(in, length)));
  }

  private static String text(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a message of a node tells a wrong length");
    }
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
