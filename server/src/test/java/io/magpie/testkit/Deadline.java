package io.magpie.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A condition that must come true in time. */
public final class Deadline {
  private static final Duration POLL = Duration.ofMillis(10);

  private Deadline() {}

  /**
   * Looks again and again.
   *
   * @throws AssertionError naming {@code what} when it does not come true
   */
  public static void await(String what, Duration within, BooleanSupplier condition) {
    long end = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + within + ": " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting: " + what);
      }
    }
  }

  /** Within five seconds. */
  public static void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofSeconds(5), condition);
  }
}
