package io.magpie.faults.check;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param convergence until everybody has a message, after the last fault, or after its ack where
 *     that is later
 * @param honest until a try is answered or cut, whatever happens to the database
 * @param revocation until an ended session is gone and somebody who was removed knows it, after
 *     that was acknowledged, on a healthy path
 * @param revocationAnyway the same whatever fails
 * @param presence until everybody knows, after the last change of a user's state
 * @param patience until an ack, for a send to count as one that succeeded
 */
public record Bounds(
    Duration convergence,
    Duration honest,
    Duration revocation,
    Duration revocationAnyway,
    Duration presence,
    Duration patience) {

  /** Those of faults.md, with the short timers of fault runs. */
  public static Bounds shortTimers() {
    return new Bounds(
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofSeconds(10));
  }
}
