package io.magpie.bench.load;

/**
 * What a rate led to.
 *
 * @param seconds measured
 * @param delivered deliveries that came in that time
 * @param deliveries times from the moment of sending that was meant
 * @param acks the same until the server's answer
 * @param wholes the same until the last of the members had it
 * @param counts of the whole run, the part before the measured time included
 */
public record Outcome(
    double seconds,
    long delivered,
    Percentiles deliveries,
    Percentiles acks,
    Percentiles wholes,
    Counts counts) {
  public double deliveredPerSecond() {
    return delivered / seconds;
  }
}
