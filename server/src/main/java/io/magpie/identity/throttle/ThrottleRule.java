package io.magpie.identity.throttle;

import java.time.Duration;

/**
 * How many failures are free and how long the next try then waits: 1 s, 2 s, 4 s … 60 s, never for
 * good.
 *
 * @param free failures without a wait
 * @param memory how long failures are remembered
 * @param sliding whether each failure starts {@code memory} anew; otherwise the first one does
 */
record ThrottleRule(int free, Duration memory, boolean sliding) {
  static final Duration MAX_WAIT = Duration.ofSeconds(60);

  /** The wait after so many failures. */
  Duration wait(int failures) {
    if (failures < free) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - free, 10);
    Duration wait = Duration.ofSeconds(1L << doublings);
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }
}
