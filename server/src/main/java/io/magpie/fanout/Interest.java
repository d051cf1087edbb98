package io.magpie.fanout;

import io.magpie.redis.PubSub;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which streams this node hears of: those that at least one event loop has readers of, and for a
 * while those that have lost their last one, because people reconnect. Redis is told once a turn,
 * many streams at a time.
 */
final class Interest {
  private static final long SWEEP_MS = 5_000;

  private final Vertx vertx;
  private final PubSub pubSub;
  private final Function<UUID, String> channel;
  private final Map<UUID, Integer> loops = new HashMap<>();
  private Set<UUID> fresh = new HashSet<>();
  private Set<UUID> idle = new HashSet<>();
  private Set<UUID> idleBefore = new HashSet<>();
  private long timer = -1;

  Interest(Vertx vertx, PubSub pubSub, Function<UUID, String> channel) {
    this.vertx = vertx;
    this.pubSub = pubSub;
    this.channel = channel;
  }

  void start() {
    timer = vertx.setPeriodic(SWEEP_MS, tick -> pubSub.context().runOnContext(go -> sweep()));
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** A loop has its first reader of the stream; from any thread. */
  void begin(UUID stream) {
    pubSub
        .context()
        .runOnContext(
            go -> {
              if (loops.merge(stream, 1, Integer::sum) > 1
                  || idle.remove(stream)
                  || idleBefore.remove(stream)) {
                return;
              }
              if (fresh.isEmpty()) {
                pubSub.context().runOnContext(later -> subscribe());
              }
              fresh.add(stream);
            });
  }

  /** A loop has lost its last reader of the stream; from any thread. */
  void end(UUID stream) {
    pubSub
        .context()
        .runOnContext(
            go -> {
              loops.computeIfPresent(stream, (id, n) -> n == 1 ? null : n - 1);
              if (!loops.containsKey(stream)) {
                idle.add(stream);
              }
            });
  }

  private void subscribe() {
    List<String> channels = fresh.stream().map(channel).toList();
    fresh = new HashSet<>();
    pubSub.subscribe(channels);
  }

  /** Whoever has been without readers for a whole period goes. */
  private void sweep() {
    List<String> channels = new ArrayList<>();
    idleBefore.forEach(stream -> channels.add(channel.apply(stream)));
    idleBefore = idle;
    idle = new HashSet<>();
    if (!channels.isEmpty()) {
      pubSub.unsubscribe(channels);
    }
  }
}
