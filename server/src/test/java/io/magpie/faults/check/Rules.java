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
 * @param redisAway names of the faults that keep nodes from Redis and from nothing else
 * @param during share of sends that succeed from 5 s after a fault until its end; 0 for cases that
 *     promise nothing
 * @param after the same after the last fault
 */
public record Rules(
    int minAcks,
    Set<Proof> proof,
    Bounds bounds,
    Set<String> databaseAway,
    Set<String> redisAway,
    double during,
    double after) {

  /** What a run must contain to prove something. */
  public enum Proof {
    /** A fault lies over a send that is open. */
    FAULT_OVER_SEND,
    /** A device connects again. */
    RECONNECT,
    /** A try of a send ends without an answer. */
    UNKNOWN_OUTCOME,
    /** Somebody vanishes while others watch. */
    PRESENCE,
    /** Sessions are ended and members are removed, with Redis and without. */
    REVOCATION
  }

  public Rules {
    proof = Set.copyOf(proof);
    databaseAway = Set.copyOf(databaseAway);
    redisAway = Set.copyOf(redisAway);
  }

  /** Everything of faults.md: 500 acks, the proofs of sends, availability. */
  public static Rules all() {
    Set<Proof> sends = EnumSet.of(Proof.FAULT_OVER_SEND, Proof.RECONNECT, Proof.UNKNOWN_OUTCOME);
    return new Rules(500, sends, Bounds.shortTimers(), Set.of(), Set.of(), 0.99, 0.999);
  }

  public Rules minAcks(int acks) {
    return new Rules(acks, proof, bounds, databaseAway, redisAway, during, after);
  }

  /** For faults that cut no client, or leave no try open. */
  public Rules proving(Proof... needed) {
    return new Rules(minAcks, Set.of(needed), bounds, databaseAway, redisAway, during, after);
  }

  /** One more thing that must have happened. */
  public Rules also(Proof needed) {
    Set<Proof> all = EnumSet.of(needed);
    all.addAll(proof);
    return proving(all.toArray(Proof[]::new));
  }

  public Rules within(Bounds others) {
    return new Rules(minAcks, proof, others, databaseAway, redisAway, during, after);
  }

  public Rules databaseAway(String... faults) {
    return new Rules(minAcks, proof, bounds, Set.of(faults), redisAway, during, after);
  }

  public Rules redisAway(String... faults) {
    return new Rules(minAcks, proof, bounds, databaseAway, Set.of(faults), during, after);
  }

  /** Shares of sends that succeed during and after the faults; 0 promises nothing. */
  public Rules available(double whileFaulty, double afterwards) {
    return new Rules(minAcks, proof, bounds, databaseAway, redisAway, whileFaulty, afterwards);
  }
}
