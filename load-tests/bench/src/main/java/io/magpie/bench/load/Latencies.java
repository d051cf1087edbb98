package io.magpie.bench.load;

import org.HdrHistogram.Histogram;

/** Durations in a histogram: two significant digits, from 1 µs to two minutes. */
public final class Latencies {
  private static final long MOST_MICROS = 120_000_000;

  private final Histogram histogram = new Histogram(1, MOST_MICROS, 2);

  public void record(long nanos) {
    histogram.recordValue(Math.min(MOST_MICROS, Math.max(1, nanos / 1_000)));
  }

  public Percentiles percentiles() {
    return new Percentiles(
        histogram.getTotalCount(),
        millis(50),
        millis(95),
        millis(99),
        histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue() / 1_000.0);
  }

  private double millis(double percentile) {
    return histogram.getTotalCount() == 0
        ? 0
        : histogram.getValueAtPercentile(percentile) / 1_000.0;
  }
}
