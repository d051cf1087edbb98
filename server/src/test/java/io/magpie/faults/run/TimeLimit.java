package io.magpie.faults.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends what takes too long. */
final class TimeLimit {
  private static final Duration ENDING = Duration.ofSeconds(60);

  private TimeLimit() {}

  /**
   * Runs on a thread of its own, which is interrupted after that time.
   *
   * @param release called then, so that calls that cannot be interrupted come to an end
   * @throws TimeoutException when it took longer
   */
  static <T> T within(Duration time, Callable<T> work, Runnable release) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(work).get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } catch (TimeoutException e) {
      thread.shutdownNow();
      release.run();
      thread.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS);
      throw new TimeoutException("it was ended after " + time);
    } finally {
      thread.shutdownNow();
    }
  }
}
