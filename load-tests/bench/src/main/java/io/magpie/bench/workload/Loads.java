package io.magpie.bench.workload;

import java.util.Locale;

/** Names of loads. */
final class Loads {
  static final String MAXIMUM = "maximum";
  static final String HALF = "half of it";

  private Loads() {}

  static String perSecond(double rate) {
    return String.format(Locale.ROOT, "%,.0f/s", rate);
  }
}
