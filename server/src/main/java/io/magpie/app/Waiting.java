package io.magpie.app;

import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocks the starting thread on a future; never used on an event loop. */
final class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Waiting() {}

  /** The result, or the failure as it is; 30 s at most. */
  static <T> T on(Future<T> future) {
    return on(future, LONGEST);
  }

  /**
   * The result of a step that may be done again: while the failure is one that passes by itself, it
   * is, until {@code longest} is over.
   */
  static <T> T patiently(Supplier<Future<T>> step, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      try {
        return on(step.get());
      } catch (RequestError e) {
        if (!e.code().retryable() || System.nanoTime() - end > 0) {
          throw e;
        }
        LOG.warn("a step of the start failed and is tried again: {}", e.getMessage());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** The same for a step that may take longer. */
  static <T> T on(Future<T> future, Duration longest) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new StartFailure(
          "timeout", "A step took more than " + longest.toSeconds() + " seconds.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted", "The start was interrupted.", e);
    }
  }
}
