package io.magpie.load.scenario;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** When a user does the next thing. Times are milliseconds of the wall clock. */
@FunctionalInterface
interface Schedule {
  long NEVER = Long.MAX_VALUE;

  /**
   * The next time, from the one before (from the arrival, for the first): not from when that was
   * done, so that a slow answer does not make the load lighter.
   */
  long after(long before);

  static Schedule never() {
    return before -> NEVER;
  }

  /** At random moments (exponential distances), as many independent people do things. */
  static Schedule random(Supplier<Duration> mean) {
    return random(mean, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param chance numbers from 0 to below 1
   */
  static Schedule random(Supplier<Duration> mean, DoubleSupplier chance) {
    return before -> {
      double distance = -Math.log(1 - chance.getAsDouble()) * mean.get().toMillis();
      return before + Math.max(1, Math.round(distance));
    };
  }
}
