package io.magpie.bench.load;

/** Of {@code count} durations, in milliseconds; zeros where there were none. */
public record Percentiles(long count, double p50, double p95, double p99, double max) {}
