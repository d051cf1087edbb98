package io.magpie.bench.workload;

import java.util.Map;

/** Arithmetic of the tables; what cannot be told is 0. */
public final class Ratios {
  private Ratios() {}

  /** Seconds for a million of something of which there were {@code count}. */
  public static double perMillion(double seconds, long count) {
    return count == 0 ? 0 : seconds * 1e6 / count;
  }

  /** Milliseconds of all processes together for each of {@code count}. */
  static double milliseconds(Map<String, Double> cpu, int count) {
    double seconds = cpu.values().stream().mapToDouble(Double::doubleValue).sum();
    return count == 0 ? 0 : seconds * 1e3 / count;
  }

  /** How many times the other this is. */
  public static double times(double value, double other) {
    return other == 0 ? 0 : value / other;
  }
}
