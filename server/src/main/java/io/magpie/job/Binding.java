package io.magpie.job;

import io.magpie.protocol.Json;
import io.magpie.storage.Failing;
import io.vertx.core.Future;
import java.time.Duration;

/** A kind with its handler and its counts. */
record Binding<P>(JobKind<P> kind, JobHandler<P> handler, JobMetrics metrics) {

  /** Reads the payload and calls the handler; completes the job if the handler did not. */
  Future<Void> run(Leased leased, JobStore store, Duration lease, Runnable renewed) {
    return Failing.call(
        () -> {
          Job<P> job =
              new Job<>(
                  leased.id(),
                  leased.key(),
                  Json.convertKnown(Json.readOwn(leased.payload()), kind.payload()),
                  leased.due(),
                  leased.attempt());
          Run<P> run = new Run<>(job, leased, store, lease, renewed);
          return handler
              .run(run)
              .compose(
                  done ->
                      run.completed()
                          ? Future.succeededFuture()
                          : store.complete(store.alone(), leased));
        });
  }
}
