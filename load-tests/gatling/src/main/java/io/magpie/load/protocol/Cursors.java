package io.magpie.load.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far one virtual user is in each of its streams, by the rule of docs/protocol.md: numbers come
 * in order, once, without a hole.
 */
final class Cursors {
  private final Map<String, Long> applied = new HashMap<>();
  private final Deque<Pull> pulls = new ArrayDeque<>();
  private final Map<String, Long> heads = new HashMap<>();

  /** Events of a stream that were missed and are too many to be pushed. */
  record Pull(String stream, long after, long upTo) {}

  /** For {@code hello}; empty at the first connection. */
  void write(ObjectNode cursors) {
    applied.forEach(cursors::put);
  }

  boolean isEmpty() {
    return applied.isEmpty();
  }

  /**
   * An entry of {@code welcome}: what lies between our number and {@code after} has to be pulled.
   */
  void welcome(String stream, long after) {
    Long before = applied.put(stream, after);
    if (before != null && before < after) {
      pulls.add(new Pull(stream, before, after));
    }
  }

  /** A pushed event; what is wrong with it, or nothing. */
  Optional<String> apply(String stream, long seq) {
    Long cursor = applied.put(stream, seq);
    if (cursor == null || seq == cursor + 1) {
      return Optional.empty(); // The first one of a conversation that was joined just now opens it.
    }
    if (seq <= cursor) {
      applied.put(stream, cursor);
      return Optional.of("event twice");
    }
    return Optional.of("hole of " + (seq - cursor - 1));
  }

  /** What has to be pulled next. */
  Optional<Pull> pull() {
    return Optional.ofNullable(pulls.peek());
  }

  /** The answer to the present pull; what is wrong with it, or nothing. */
  Optional<String> pulled(JsonNode page) {
    Pull pull = pulls.remove();
    long upTo = page.path("upTo").asLong();
    if (upTo < pull.upTo()) {
      if (upTo <= pull.after()) {
        return Optional.of("pull without progress");
      }
      pulls.addFirst(new Pull(pull.stream(), upTo, pull.upTo()));
    }
    return Optional.empty();
  }

  /** {@code stream.list}: where all streams should be. */
  void expect(JsonNode items) {
    heads.clear();
    items.forEach(item -> heads.put(item.path("stream").asText(), item.path("head").asLong()));
  }

  /** Streams that are not there yet. */
  long behind() {
    return heads.entrySet().stream()
        .filter(head -> applied.getOrDefault(head.getKey(), 0L) < head.getValue())
        .count();
  }

  /** The last number of a stream. */
  long at(String stream) {
    return applied.getOrDefault(stream, 0L);
  }
}
