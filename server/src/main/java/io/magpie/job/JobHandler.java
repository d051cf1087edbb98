package io.magpie.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/**
 * Does what a kind of job is for. Runs on the event loop of the jobs and must not block.
 *
 * <p>Exactly once: do everything in one transaction and call {@link Run#complete} in it, after the
 * rest, so that rows are locked in the same order as by whoever schedules. If it fails, let the
 * transaction fail. At least once: do not call it; the job is completed when the future succeeds.
 *
 * <p>A failure is tried again later, a few times; then the job is parked.
 */
@FunctionalInterface
public interface JobHandler<P> {
  Future<?> run(Run<P> run);

  /** A handler whose whole work is one transaction; the job completes at its end by itself. */
  @FunctionalInterface
  interface InTransaction<P> {
    /**
     * @param transaction open; may run again after a deadlock
     */
    Future<?> run(Run<P> run, SqlConnection transaction);
  }
}
