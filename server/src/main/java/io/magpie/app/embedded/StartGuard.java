package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while nobody else would stop the services: from the moment the first of them is started
 * until the server as a whole has a shutdown hook of its own, which is seconds later. What runs is
 * stopped; while services are still being started the JVM stays until the starting thread has
 * noticed.
 */
final class StartGuard {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final CountDownLatch started = new CountDownLatch(1);
  private final Thread hook;

  private StartGuard(DataDirectory directory) {
    hook = new Thread(() -> abort(directory), "stop-half-started-services");
  }

  static StartGuard over(DataDirectory directory) {
    StartGuard guard = new StartGuard(directory);
    try {
      Runtime.getRuntime().addShutdownHook(guard.hook);
    } catch (IllegalStateException e) {
      throw interrupted();
    }
    return guard;
  }

  /** Nothing more is going to be started. */
  void started() {
    started.countDown();
  }

  /** Stopping is somebody else's business from now on, unless the JVM is ending already. */
  void release() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs; it finishes what it is for.
    }
  }

  static StartFailure interrupted() {
    return new StartFailure("start-interrupted", "The start was interrupted.");
  }

  /** Once at once, so that a start that waits for a service fails, and once for a late child. */
  private void abort(DataDirectory directory) {
    new Orphans(directory).stop();
    try {
      if (!started.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    new Orphans(directory).stop();
  }
}
