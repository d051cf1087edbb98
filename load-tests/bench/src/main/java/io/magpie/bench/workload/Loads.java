package io.magpie.bench.workload;

import java.util.Locale;

/** Names of loads. */
public final class Loads {
  public static final String MAXIMUM = "maximum";
  public static final String HALF = "half of it";

  private Loads() {}

  static String connections(int count) {
    return String.format(Locale.ROOT, "%,d connections", count);
  }

  static String perSecond(double rate) {
    return String.format(Locale.ROOT, "%,.0f/s", rate);
  }
}
