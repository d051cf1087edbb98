package io.magpie.bench.jmh;

import io.magpie.stream.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** Events as in W1 and W2: a text of 200 bytes. */
public final class Samples {
  private static final UUID STREAM = new UUID(0x1234_5678_9abc_4defL, 0x8234_5678_9abc_def0L);
  private static final UUID ACTOR = new UUID(0x2234_5678_9abc_4defL, 0x9234_5678_9abc_def0L);
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final String DATA =
      "{\"clientId\":\"0b4f1c1e-6a53-4a1b-9d54-2f0a6d1b7c01\",\"body\":{\"type\":\"text\",\"text\":\""
          + "x".repeat(200)
          + "\"}}";

  private Samples() {}

  public static UUID stream() {
    return STREAM;
  }

  public static Event event(long seq) {
    return new Event(STREAM, seq, "message.sent", ACTOR, AT, DATA);
  }

  /** Numbers from 1. */
  public static List<Event> events(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(Samples::event).toList();
  }

  /** A request to send one, as a client writes it. */
  public static String request() {
    return "{\"type\":\"request\",\"id\":17,\"op\":\"message.send\",\"params\":{\"conversation\":\""
        + STREAM
        + "\",\"clientId\":\"0b4f1c1e-6a53-4a1b-9d54-2f0a6d1b7c01\",\"body\":{\"type\":\"text\","
        + "\"text\":\""
        + "x".repeat(200)
        + "\"}}}";
  }
}
