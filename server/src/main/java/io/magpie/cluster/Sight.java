package io.magpie.cluster;

/**
 * What a node knows of the database: whether it reaches it itself, and whether others do. The
 * database counts as lost after {@value #FAILURES} probes in a row that failed, as there again
 * after {@value #ANSWERS} that did not. Others have what this node has lost when one of them said
 * so after this node's first failure, and a probe that this node began after that failed, too: so
 * nobody is sent from one node to the next when the database itself is gone, nor when it has just
 * come back. Times are monotone nanoseconds. Used on one thread.
 */
final class Sight {
  static final int FAILURES = 2;
  static final int ANSWERS = 2;

  /** What another node said so soon after the first failure may be older than that. */
  static final long ON_ITS_WAY = 250_000_000L;

  /** So long what another node said is believed. */
  static final long FRESH = 2_000_000_000L;

  private final PostgresWatch.Listener listener;
  private int failures;
  private int answers;
  private long failedAt;
  private boolean lost;
  private boolean elsewhere;
  private boolean heard;
  private long heardAt;
  private boolean othersHaveIt;

  Sight(PostgresWatch.Listener listener) {
    this.listener = listener;
  }

  boolean lost() {
    return lost;
  }

  /** Another node said that it has the database and takes clients. */
  void heard(long now) {
    heard = true;
    heardAt = now;
  }

  /** The probe was answered. */
  void answered() {
    failures = 0;
    answers++;
    if (lost && answers >= ANSWERS) {
      lost = false;
      elsewhere = false;
      listener.back();
    }
  }

  /** A probe is sent. */
  void begins(long now) {
    othersHaveIt =
        failures > 0 && heard && heardAt - failedAt > ON_ITS_WAY && now - heardAt < FRESH;
  }

  /** The probe failed. */
  void failed(long now) {
    answers = 0;
    if (failures++ == 0) {
      failedAt = now;
    }
    if (!lost && failures >= FAILURES) {
      lost = true;
      listener.lost();
    }
    if (lost && !elsewhere && othersHaveIt) {
      elsewhere = true;
      listener.elsewhere();
    }
  }
}
