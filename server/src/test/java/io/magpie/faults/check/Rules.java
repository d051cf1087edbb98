package io.magpie.faults.check;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a case promises and what it must have shown. Bounds are those of faults.md with the short
 * timers.
 *
 * @param minAcks fewer acks prove nothing
 * @param proof what must have happened, else the run is unknown
 * @param convergence after the last fault, or after the ack where that is later
 * @param honest a try is answered or cut within that, whatever happens to the database
 * @param revocation after the end of a session was acknowledged
 * @param presence after the last change of a user's state
 * @param databaseAway names of the faults under which no node can reach the database: no send may
 *     be acknowledged while they hold
 * @param during share of sends that succeed from 5 s after a fault until its end; 0 for cases that
 *     promise nothing
 * @param after the same after the last fault
 * @param patience a send without an ack by then did not succeed, for both shares
 */
public record Rules(
    int minAcks,
    Set<Proof> proof,
    Duration convergence,
    Duration honest,
    Duration revocation,
    Duration presence,
    Set<String> databaseAway,
    double during,
    double after,
    Duration patience) {

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
    return new Rules(
        500,
        EnumSet.allOf(Proof.class),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Set.of(),
        0.99,
        0.999,
        Duration.ofSeconds(10));
  }

  public Rules minAcks(int acks) {
    return new Rules(
        acks,
        proof,
        convergence,
        honest,
        revocation,
        presence,
        databaseAway,
        during,
        after,
        patience);
  }

  /** For faults that cut no client, or leave no try open. */
  public Rules proving(Proof... needed) {
    return new Rules(
        minAcks,
        Set.of(needed),
        convergence,
        honest,
        revocation,
        presence,
        databaseAway,
        during,
        after,
        patience);
  }

  public Rules convergence(Duration within) {
    return new Rules(
        minAcks,
        proof,
        within,
        honest,
        revocation,
        presence,
        databaseAway,
        during,
        after,
        patience);
  }

  public Rules honest(Duration within) {
    return new Rules(
        minAcks,
        proof,
        convergence,
        within,
        revocation,
        presence,
        databaseAway,
        during,
        after,
        patience);
  }

  public Rules revocation(Duration within) {
    return new Rules(
        minAcks,
        proof,
        convergence,
        honest,
        within,
        presence,
        databaseAway,
        during,
        after,
        patience);
  }

  public Rules presence(Duration within) {
    return new Rules(
        minAcks,
        proof,
        convergence,
        honest,
        revocation,
        within,
        databaseAway,
        during,
        after,
        patience);
  }

  public Rules databaseAway(String... faults) {
    return new Rules(
        minAcks,
        proof,
        convergence,
        honest,
        revocation,
        presence,
        Set.of(faults),
        during,
        after,
        patience);
  }

  /** Shares of sends that succeed during and after the faults; 0 promises nothing. */
  public Rules available(double whileFaulty, double afterwards) {
    return new Rules(
        minAcks,
        proof,
        convergence,
        honest,
        revocation,
        presence,
        databaseAway,
        whileFaulty,
        afterwards,
        patience);
  }

  public Rules patience(Duration within) {
    return new Rules(
        minAcks,
        proof,
        convergence,
        honest,
        revocation,
        presence,
        databaseAway,
        during,
        after,
        within);
  }
}
