package io.magpie.load.people;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** A few calls at once: enough to be quick, too few to be a load test before the load test. */
final class Parallel {
  private static final int THREADS = 8;

  private Parallel() {}

  /** The results in the order of the items; the first failure ends it. */
  static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<R>> open = new ArrayList<>();
      items.forEach(item -> open.add(threads.submit(() -> work.apply(item))));
      List<R> done = new ArrayList<>();
      for (Future<R> one : open) {
        done.add(one.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
