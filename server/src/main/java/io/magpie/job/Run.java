package io.magpie.job;

import io.magpie.storage.Statements;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** One try of a job, as its handler sees it. */
public final class Run<P> {
  private final Job<P> job;
  private final Leased leased;
  private final JobStore store;
  private final Runnable renewed;
  private final Duration lease;
  private boolean completed;

  Run(Job<P> job, Leased leased, JobStore store, Duration lease, Runnable renewed) {
    this.job = job;
    this.leased = leased;
    this.store = store;
    this.lease = lease;
    this.renewed = renewed;
  }

  public Job<P> job() {
    return job;
  }

  /**
   * Ends the job in the handler's transaction: both or neither. The last statement of it, or the
   * one before scheduling the same key again.
   *
   * @return fails with {@link Superseded}; then the transaction must fail, too
   */
  public Future<Void> complete(Statements transaction) {
    completed = true;
    return store.complete(transaction, leased);
  }

  /**
   * Makes the job due later instead, in the handler's transaction: it turned out that its time has
   * not come. Not for periodic ones. Fails as {@link #complete}.
   */
  public Future<Void> postpone(Statements transaction, Instant due) {
    completed = true;
    return store.postpone(transaction, leased, due);
  }

  /**
   * Before a slow step outside of the database: makes sure that the job is still this run's, and
   * lets lease and deadline begin anew.
   *
   * @return fails with {@link Superseded}
   */
  public Future<Void> renew() {
    return store.renew(leased, lease).onSuccess(done -> renewed.run());
  }

  /** Whether the handler has ended the job in a transaction of its own. */
  boolean completed() {
    return completed;
  }

  /** The transaction begins again: nothing of it was kept. */
  void begin() {
    completed = false;
  }
}
