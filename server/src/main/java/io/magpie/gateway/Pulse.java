package io.magpie.gateway;

import java.time.Duration;

/**
 * The times of one connection: how long it takes to say hello, how long it has been silent, when
 * the next heartbeat is due. Times are monotone nanoseconds.
 */
final class Pulse {
  private final GatewayLimits limits;
  private final long openedAt;
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

  private static boolean over(long since, Duration limit, long now) {
    return now - since > limit.toNanos();
  }
}
