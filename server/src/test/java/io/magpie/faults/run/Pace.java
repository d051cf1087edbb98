package io.magpie.faults.run;

import java.time.Duration;

/**
 * How long the steps of a run take.
 *
 * @param warmUp load before the first fault
 * @param faults how long faults go on; a single one may be longer
 * @param quiesce how long everybody has to get everything
 * @param quick whether single faults are short too
 */
public record Pace(Duration warmUp, Duration faults, Duration quiesce, boolean quick) {
  /** For every build. */
  public static final Pace QUICK =
      new Pace(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(30), true);

  /** A case that takes longer does not end. */
  public Duration longest() {
    return Duration.ofMinutes(6).plus(faults.multipliedBy(4));
  }

  /** Of the profile; {@code -Dfaults.seconds} is how long faults go on, 60 when it is not set. */
  public static Pace full() {
    return new Pace(
        Duration.ofSeconds(5),
        Duration.ofSeconds(Integer.getInteger("faults.seconds", 60)),
        Duration.ofSeconds(30),
        false);
  }
}
