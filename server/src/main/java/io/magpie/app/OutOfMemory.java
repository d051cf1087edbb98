package io.magpie.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.function.IntConsumer;

/**
 * Ends the process when memory is used up, wherever that shows: of the heap, of threads, or Netty's
 * own count of direct memory, which {@code -XX:+ExitOnOutOfMemoryError} does not see. A node that
 * goes on after a lost allocation may have lost anything. What nobody expected is logged by us, by
 * Vert.x or by Netty, so the log is the one place that sees it all.
 */
final class OutOfMemory extends AppenderBase<ILoggingEvent> {
  private static final int DEPTH = 16;

  private final IntConsumer end;

  /**
   * @param end takes the exit code
   */
  OutOfMemory(IntConsumer end) {
    this.end = end;
    setName("out-of-memory");
  }

  /** Also of what no handler caught on a thread. */
  static void watchThreads() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          if (shows(failure)) {
            halt(Exit.OUT_OF_MEMORY);
          }
          System.err.println("thread " + thread.getName() + " ended: " + failure);
        });
  }

  /** No hook runs: they would need memory, too. What was acknowledged is stored. */
  static void halt(int code) {
    try {
      System.err.println("Memory is used up, the process ends.");
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getThrowableProxy() instanceof ThrowableProxy proxy && shows(proxy.getThrowable())) {
      end.accept(Exit.OUT_OF_MEMORY);
    }
  }

  private static boolean shows(Throwable failure) {
    Throwable at = failure;
    for (int i = 0; i < DEPTH && at != null; i++) {
      if (at instanceof OutOfMemoryError) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
