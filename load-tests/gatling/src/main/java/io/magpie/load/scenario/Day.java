package io.magpie.load.scenario;

import java.time.Duration;

/** The shape of an office's day, from half past eight (0) to half past five (1). */
final class Day {
  /** Nine o'clock. */
  static final double NINE = hour(9);

  private static final double LUNCH = hour(11.5);
  private static final double AFTERNOON = hour(13.5);
  private static final double EVENING = hour(16.5);

  private Day() {}

  private static double hour(double clock) {
    return (clock - 8.5) / 9;
  }

  /** How much people write, as a multiple of the mean rate. */
  static double intensity(double progress) {
    if (progress < NINE) {
      return 0.3;
    }
    if (progress < LUNCH) {
      return 1.6;
    }
    if (progress < AFTERNOON) {
      return 0.2;
    }
    return progress < EVENING ? 1.2 : 0.6;
  }

  /** How long after the beginning of a run that lasts so long; at least a second. */
  static Duration timeOf(Duration whole, double progress) {
    return Duration.ofMillis(Math.max(1000, Math.round(whole.toMillis() * progress)));
  }
}
