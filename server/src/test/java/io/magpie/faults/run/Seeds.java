package io.magpie.faults.run;

import java.util.concurrent.ThreadLocalRandom;

/** Chance of a run: {@code -Dfaults.seed} repeats one. */
final class Seeds {
  private Seeds() {}

  static long next() {
    Long asked = Long.getLong("faults.seed");
    return asked == null ? ThreadLocalRandom.current().nextLong(1L << 31) : asked;
  }
}
