package io.magpie.app.rehearsal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The moment at which a rehearsal is over, whatever it was doing. */
final class Limit {
  private final long end;

  private Limit(long end) {
    this.end = end;
  }

  static Limit after(Duration time) {
    return new Limit(System.nanoTime() + time.toNanos());
  }

  boolean over() {
    return leftMs() == 0;
  }

  /** Milliseconds that are left; 0 when it is over. */
  int leftMs() {
    return (int) Math.max(0, (end - System.nanoTime()) / 1_000_000);
  }

  /** Blocks. */
  <T> T await(Future<T> future) throws ExecutionException, TimeoutException, InterruptedException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Math.max(1, leftMs()), TimeUnit.MILLISECONDS);
  }
}
