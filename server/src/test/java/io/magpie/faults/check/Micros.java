package io.magpie.faults.check;

import java.time.Duration;

/** Durations as the times of lines are counted. */
final class Micros {
  private Micros() {}

  static long of(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
