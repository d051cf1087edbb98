package io.magpie.app;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How this process ends. A signal is an order: once it has been carried out the exit code is 0, for
 * SIGTERM and SIGINT alike, where the JVM by itself would report the signal (143, 130). An accident
 * has its own code, and the same clean stop where that is still possible.
 */
public final class Exit {
  /** Memory is used up: whatever this process did next could be wrong. */
  public static final int OUT_OF_MEMORY = 3;

  /** Another living node has this node's id. */
  public static final int NODE_ID_TAKEN = 4;

  private static final AtomicInteger CODE = new AtomicInteger();

  private Exit() {}

  /**
   * Runs {@code stop} when the JVM has been told to end, and ends it with the code afterwards.
   * Other shutdown hooks may be cut short.
   *
   * @throws StartFailure {@code start-interrupted} when it is ending already
   */
  static void after(Runnable stop) {
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              System.out.flush();
              System.err.flush();
              Runtime.getRuntime().halt(CODE.get());
            },
            "shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new StartFailure("start-interrupted", "The start was interrupted.", e);
    }
  }

  /** Stops cleanly and ends with this code; returns at once. From any thread, also twice. */
  public static void with(int code) {
    CODE.compareAndSet(0, code);
    Thread thread = new Thread(() -> System.exit(code), "exit");
    thread.setDaemon(true);
    thread.start();
  }
}
