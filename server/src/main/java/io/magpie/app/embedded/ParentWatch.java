package io.magpie.app.embedded;

import java.time.Duration;

/**
 * Ends the server when the process that started it is gone. {@code mvn -Prun} asks for it with
 * {@code -Dmagpie.stopWithParent=true}: a signal to Maven alone would otherwise leave the server
 * running in the background. Without the property nothing is watched.
 */
public final class ParentWatch {
  private static final String PROPERTY = "magpie.stopWithParent";
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private ParentWatch() {}

  /** Call it once at the start of {@code main}; ends with {@link System#exit}, hooks included. */
  public static void startIfAsked() {
    if (Boolean.getBoolean(PROPERTY)) {
      ProcessHandle.current().parent().ifPresent(ParentWatch::watch);
    }
  }

  /** A process without file descriptors to spare sees no process alive, not even itself. */
  private static boolean gone(ProcessHandle parent) {
    return !parent.isAlive() && ProcessHandle.current().isAlive();
  }

  private static void watch(ProcessHandle parent) {
    Thread thread =
        new Thread(
            () -> {
              for (int gone = 0; gone < 2; gone = gone(parent) ? gone + 1 : 0) {
                Child.pause(LOOK_EVERY);
              }
              System.exit(0);
            },
            "watch-parent");
    thread.setDaemon(true);
    thread.start();
  }
}
