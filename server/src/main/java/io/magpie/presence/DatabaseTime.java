package io.magpie.presence;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of the database, which all nodes share, whatever their own clocks say. Between two
 * readings it goes on by this process's monotonic clock; it is never behind.
 */
final class DatabaseTime {
  private record Reading(Instant at, long nanos) {}

  private volatile Reading last = new Reading(Instant.EPOCH, 0);

  /**
   * A reading.
   *
   * @param asked {@link System#nanoTime} before the question was sent
   */
  void read(Instant at, long asked) {
    last = new Reading(at, asked);
  }

  Instant now() {
    Reading reading = last;
    return reading.at().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
  }
}
