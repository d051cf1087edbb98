package io.magpie.faults.check;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a case promises and what it must have shown.
 *
 * @param minAcks fewer acks prove nothing
 * @param proof what must have happened, else the run is unknown
 * @param databaseAway names of the faults under which no node can reach the database: no send may
 *     be acknowledged while they hold
 * @param during share of sends that succeed from 5 s after a fault until its end; 0 for cases that
 *     promise nothing
 * @param after the same after the last fault
 */
public record Rules(
    int minAcks,
    Set<Proof> proof,
    Bounds bounds,
    Set<String> databaseAway,
    double during,
    double after) {

  /** What a run must contain to prove something. */
  public enum Proof {
    /** A fault lies over a send that is open. */
    FAULT_OVER_SEND,
    /** A device connects again. */
    RECONNECT,
    /** A try of a send ends without an answer. */
    UNKNOWN_OUTCOME
  }

  public Rules {
    proof = Set.copyOf(proof);
    databaseAway = Set.copyOf(databaseAway);
  }

  /** Everything of faults.md: 500 acks, all proofs, availability. */
  public static Rules all() {
    return new Rules(500, EnumSet.allOf(Proof.class), Bounds.shortTimers(), Set.of(), 0.99, 0.999);
  }

  public Rules minAcks(int acks) {
    return new Rules(acks, proof, bounds, databaseAway, during, after);
  }

  /** For faults that cut no client, or leave no try open. */
  public Rules proving(Proof... needed) {
    return new Rules(minAcks, Set.of(needed), bounds, databaseAway, during, after);
  }

  public Rules within(Bounds others) {
    return new Rules(minAcks, proof, others, databaseAway, during, after);
  }

  public Rules databaseAway(String... faults) {
    return new Rules(minAcks, proof, bounds, Set.of(faults), during, after);
  }

  /** Shares of sends that succeed during and after the faults; 0 promises nothing. */
  public Rules available(double whileFaulty, double afterwards) {
    return new Rules(minAcks, proof, bounds, databaseAway, whileFaulty, afterwards);
  }
}
