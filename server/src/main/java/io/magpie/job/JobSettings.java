package io.magpie.job;

import java.time.Duration;

/**
 * How a node runs jobs.
 *
 * @param poll how often it looks for due ones, give or take a quarter
 * @param lease how long a job is its own; afterwards another node may take it
 * @param deadline longest time of a run, shorter than the lease
 * @param atOnce runs at the same time on this node, whatever their kinds
 * @param backoff waits between tries
 * @param patience how long a stop waits for runs before it gives their jobs back
 */
public record JobSettings(
    Duration poll,
    Duration lease,
    Duration deadline,
    int atOnce,
    Backoff backoff,
    Duration patience) {

  /** Every second; 15 s and 10 s; 8 runs; a stop waits for 2 s. */
  public static final JobSettings DEFAULT =
      new JobSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          8,
          Backoff.DEFAULT,
          Duration.ofSeconds(2));

  public JobSettings {
    if (deadline.compareTo(lease) >= 0) {
      throw new IllegalArgumentException("a run must end before its lease does");
    }
  }
}
