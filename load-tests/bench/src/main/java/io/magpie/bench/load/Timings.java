package io.magpie.bench.load;

import java.util.Map;
import java.util.TreeMap;

/** How long the messages took that were meant to leave within some bounds. */
final class Timings {
  private long from = Long.MAX_VALUE;
  private long to;
  private Latencies deliveries = new Latencies();
  private Latencies wholes = new Latencies();
  private Latencies acks = new Latencies();
  private final Map<String, Latencies> refusals = new TreeMap<>();

  /** From now on these messages and no others. */
  void measure(long fromNanos, long toNanos) {
    from = fromNanos;
    to = toNanos;
    deliveries = new Latencies();
    wholes = new Latencies();
    acks = new Latencies();
    refusals.clear();
  }

  /**
   * One of them took so long.
   *
   * @param intended when it was meant to leave
   */
  void record(Latencies latencies, long intended, long now) {
    if (intended >= from && intended < to) {
      latencies.record(now - intended);
    }
  }

  /** Until it came out at a client. */
  Latencies deliveries() {
    return deliveries;
  }

  /** Until everybody had it. */
  Latencies wholes() {
    return wholes;
  }

  /** Until it was acknowledged. */
  Latencies acks() {
    return acks;
  }

  /** Until it was refused with these words. */
  Latencies refusals(String why) {
    return refusals.computeIfAbsent(why, words -> new Latencies());
  }

  /** By what was said. */
  Map<String, Percentiles> refusals() {
    Map<String, Percentiles> percentiles = new TreeMap<>();
    refusals.forEach((why, times) -> percentiles.put(why, times.percentiles()));
    return percentiles;
  }
}
