package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while the services are being started: what runs already is stopped, and the JVM stays
 * until the starting thread has noticed. Afterwards stopping is the caller's business.
 */
final class StartGuard {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final CountDownLatch left = new CountDownLatch(1);
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

  /** Whether the JVM is ending; then the hook waits for {@link #leave}. */
  boolean isEnding() {
    try {
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  void leave() {
    left.countDown();
  }

  static StartFailure interrupted() {
    return new StartFailure("start-interrupted", "The start was interrupted.");
  }

  private void abort(DataDirectory directory) {
    new Orphans(directory).stop();
    try {
      left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
