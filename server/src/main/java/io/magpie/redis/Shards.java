package io.magpie.redis;

import java.util.List;

/**
 * The servers that carry channels now.
 *
 * @param sharded whether channels are published and subscribed by slot (Redis 7 and later, in a
 *     Cluster)
 */
record Shards(List<Shard> all, boolean sharded) {
  Shards {
    all = List.copyOf(all);
  }

  /** The place in {@link #all} of the server for a channel; -1 when a slot has no server now. */
  int of(String channel) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).carries(channel)) {
        return i;
      }
    }
    return -1;
  }
}
