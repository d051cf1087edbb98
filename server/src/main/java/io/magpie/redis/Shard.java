package io.magpie.redis;

import java.util.List;

/**
 * A server that carries channels.
 *
 * @param uri with the credentials
 * @param ranges the slots whose channels it carries; empty for all
 */
record Shard(String uri, List<Range> ranges) {
  Shard {
    ranges = List.copyOf(ranges);
  }

  static Shard ofAll(String uri) {
    return new Shard(uri, List.of());
  }

  boolean carries(String channel) {
    if (ranges.isEmpty()) {
      return true;
    }
    int slot = Slots.of(channel);
    return ranges.stream().anyMatch(range -> range.from() <= slot && slot <= range.to());
  }

  /** Slots, both ends included. */
  record Range(int from, int to) {}
}
