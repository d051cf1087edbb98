package io.magpie.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Growing waits between the tries of a job: four times the one before, give or take a quarter, so
 * that jobs that failed together do not come back together.
 *
 * @param first wait after the first failure
 * @param longest of all waits
 * @param tries after which the job is parked
 */
public record Backoff(Duration first, Duration longest, int tries) {
  /** 2, 8, 32 and 120 seconds; parked after the fifth try. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2), 5);

  private static final int FACTOR = 4;

  /**
   * The wait after a failed try; empty where it was the last one.
   *
   * @param attempt 1 for the first
   */
  Optional<Duration> after(int attempt) {
    if (attempt >= tries) {
      return Optional.empty();
    }
    double wait = first.toMillis() * Math.pow(FACTOR, Math.max(0, attempt - 1));
    return Optional.of(jittered(Math.min(wait, longest.toMillis())));
  }

  /** A wait that does not grow, for failures that are not the job's fault. */
  Duration again() {
    return jittered(first.toMillis());
  }

  private static Duration jittered(double millis) {
    return jittered(Duration.ofMillis((long) millis));
  }

  /** Give or take a quarter. */
  static Duration jittered(Duration wait) {
    double share = 0.75 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofMillis(Math.max(1, (long) (wait.toMillis() * share)));
  }
}
