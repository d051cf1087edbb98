package io.magpie.gateway;

import io.magpie.stream.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The times of one connection: how long it takes to say hello, how long it has been silent, when
 * the next heartbeat is due and which heads it tells. Times are monotone nanoseconds.
 */
final class Pulse {
  private static final int MAX_HEADS = 50;

  private final GatewayLimits limits;
  private final long openedAt;
  private final Map<UUID, Long> moved = new HashMap<>();
  private long heardAt;
  private long beatAt;

  Pulse(GatewayLimits limits, long now) {
    this.limits = limits;
    this.openedAt = now;
    this.heardAt = now;
    this.beatAt = now;
  }

  /**
   * The client was welcomed. It was not read while it waited for that, so its silence begins here.
   */
  void welcomed(long now) {
    heardAt = now;
    beatAt = now;
  }

  void heard(long now) {
    heardAt = now;
  }

  /** An event was pushed; of streams beyond {@value #MAX_HEADS} the next heartbeat tells. */
  void moved(Event event) {
    if (moved.size() < MAX_HEADS || moved.containsKey(event.stream())) {
      moved.put(event.stream(), event.seq());
    }
  }

  /** Whether the time for a hello is over. */
  boolean late(long now) {
    return over(openedAt, limits.helloDeadline(), now);
  }

  boolean silent(long now) {
    return over(heardAt, limits.readIdle(), now);
  }

  /** Whether it is time for a heartbeat; true once for each. */
  boolean beats(long now) {
    boolean due = over(beatAt, limits.heartbeat(), now);
    if (due) {
      beatAt = now;
    }
    return due;
  }

  /** The heads that moved since the last heartbeat. */
  Map<UUID, Long> takeMoved() {
    Map<UUID, Long> heads = Map.copyOf(moved);
    moved.clear();
    return heads;
  }

  private static boolean over(long since, Duration limit, long now) {
    return now - since > limit.toNanos();
  }
}
