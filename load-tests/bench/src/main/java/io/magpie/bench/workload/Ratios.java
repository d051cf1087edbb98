package io.magpie.bench.workload;

/** Arithmetic of the tables; what cannot be told is 0. */
public final class Ratios {
  private Ratios() {}

  /** Seconds for a million of something of which there were {@code count}. */
  public static double perMillion(double seconds, long count) {
    return count == 0 ? 0 : seconds * 1e6 / count;
  }

  /** How many times the other this is. */
  public static double times(double value, double other) {
    return other == 0 ? 0 : value / other;
  }
}
