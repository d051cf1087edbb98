package io.magpie.job;

import io.magpie.protocol.Json;
import io.magpie.storage.Database;
import io.magpie.storage.Statements;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Jobs of all features. Handlers are registered before {@link #start}; jobs of kinds that nobody
 * here has registered are left for nodes that know them.
 */
public final class Jobs {
  private final Database database;
  private final MeterRegistry metrics;
  private final JobRunner runner;
  private final Map<String, Binding<?>> bindings = new LinkedHashMap<>();
  private final Map<String, Duration> periods = new LinkedHashMap<>();

  public Jobs(Vertx vertx, Database database, MeterRegistry metrics, JobSettings settings) {
    this.database = database;
    this.metrics = metrics;
    this.runner = new JobRunner(vertx, new JobStore(database), settings);
  }

  /** Registers the handler of a kind. */
  public <P> Jobs handle(JobKind<P> kind, JobHandler<P> handler) {
    Binding<P> binding = new Binding<>(kind, handler, new JobMetrics(metrics, kind.name()));
    if (bindings.putIfAbsent(kind.name(), binding) != null) {
      throw new IllegalStateException(kind.name() + " has a handler already");
    }
    return this;
  }

  /** Registers a handler whose work is one transaction: its effect comes exactly once. */
  public <P> Jobs handleInTransaction(JobKind<P> kind, JobHandler.InTransaction<P> handler) {
    return handle(
        kind,
        run ->
            database.transaction(
                transaction -> {
                  run.begin();
                  return handler
                      .run(run, transaction)
                      .compose(
                          done ->
                              run.completed()
                                  ? Future.succeededFuture()
                                  : run.complete(Statements.in(transaction)));
                }));
  }

  /**
   * Runs the kind again and again, once per period in the whole cluster, for the first time at
   * once. Periods in which no node ran are not made up for; a run that failed five times waits for
   * the next period.
   *
   * @param kind with a handler
   */
  public Jobs every(JobKind<JobKind.Nothing> kind, Duration period) {
    periods.put(kind.name(), period);
    return this;
  }

  /**
   * Makes a job due at a time of the database's clock, in the caller's transaction. One that has
   * this kind and key already is replaced, also while it runs: that run then has no effect.
   *
   * @param key 1 to 200 characters, unique within the kind
   */
  public <P> Future<Void> schedule(
      Statements transaction, JobKind<P> kind, String key, Instant due, P payload) {
    return JobStore.schedule(transaction, kind.name(), key, Json.write(payload), due);
  }

  /** The same, due after a wait. For {@link Duration#ZERO} call {@link #wake} after the commit. */
  public <P> Future<Void> schedule(
      Statements transaction, JobKind<P> kind, String key, Duration wait, P payload) {
    return JobStore.schedule(transaction, kind.name(), key, Json.write(payload), wait);
  }

  /** As {@link #schedule}, but a job that has this kind and key already stays, parked or not. */
  public <P> Future<Void> scheduleNew(
      Statements transaction, JobKind<P> kind, String key, Instant due, P payload) {
    return JobStore.scheduleNew(transaction, kind.name(), key, Json.write(payload), due);
  }

  /** Takes the job away, in the caller's transaction; one that runs now has no effect then. */
  public Future<Void> cancel(Statements transaction, JobKind<?> kind, String key) {
    return JobStore.cancel(transaction, kind.name(), key);
  }

  /** Looks for due jobs now instead of within the second; from any thread. */
  public void wake() {
    runner.wake();
  }

  /**
   * Begins to run jobs.
   *
   * @param node for operators: whose lease it is
   */
  public void start(String node) {
    if (!bindings.keySet().containsAll(periods.keySet())) {
      throw new IllegalStateException("without a handler: one of " + periods.keySet());
    }
    runner.start(node, Map.copyOf(bindings), Map.copyOf(periods));
  }

  /** Takes no more jobs, waits a little for those that run, and gives back the rest. */
  public Future<Void> stop() {
    return runner.stop();
  }
}
