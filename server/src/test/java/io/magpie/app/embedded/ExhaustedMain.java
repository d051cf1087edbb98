package io.magpie.app.embedded;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that uses up its file descriptors, and after a while has some again. */
public final class ExhaustedMain {
  /** So long that the watch looks for its parent several times. */
  private static final Duration WITHOUT = Duration.ofMillis(1_500);

  private ExhaustedMain() {}

  public static void main(String[] arguments) throws IOException {
    ParentWatch.startIfAsked();
    System.out.println("begun " + ProcessHandle.current().isAlive());
    List<InputStream> open = new ArrayList<>();
    useUp(open);
    long end = System.nanoTime() + WITHOUT.toNanos();
    boolean sawItself = true;
    while (System.nanoTime() - end < 0) {
      useUp(open);
      sawItself &= ProcessHandle.current().isAlive();
      Child.pause(Duration.ofMillis(50));
    }
    for (InputStream one : open) {
      one.close();
    }
    System.out.println("went on, saw itself: " + sawItself);
    System.in.read();
  }

  /** All that are left, also those that another thread had for a moment. */
  private static void useUp(List<InputStream> open) {
    try {
      while (true) {
        open.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // no more of them
    }
  }
}
