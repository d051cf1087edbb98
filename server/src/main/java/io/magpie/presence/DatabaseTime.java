package io.magpie.presence;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of the database, which all nodes share, whatever their own clocks say. Between two
 * readings it goes on by this process's monotonic clock. It is never behind, and ahead by what the
 * quickest answer of the last minute took.
 */
final class DatabaseTime {
  private static final Duration TRUSTED = Duration.ofMinutes(1);

  /** At the latest it was {@code at} then: the answer was given after the question. */
  private record Reading(Instant at, long asked) {
    Instant goneOn(long nanos) {
      return at.plus(Duration.ofNanos(nanos - asked));
    }
  }

  private volatile Reading last = new Reading(Instant.EPOCH, 0);

  /**
   * A reading.
   *
   * @param asked {@link System#nanoTime} before the question was sent
   */
  synchronized void read(Instant at, long asked) {
    Reading reading = new Reading(at, asked);
    boolean old = asked - last.asked() > TRUSTED.toNanos() || last.at().equals(Instant.EPOCH);
    if (old || reading.goneOn(asked).isBefore(last.goneOn(asked))) {
      last = reading;
    }
  }

  Instant now() {
    return last.goneOn(System.nanoTime());
  }
}
