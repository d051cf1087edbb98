package io.magpie.bench.process;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The programs that were started and not closed. They end with the benchmark, however it ends, and
 * none is started any more while it ends: nobody would end that one.
 */
final class Children {
  private final Deque<Child> running = new ArrayDeque<>();
  private boolean over;

  /** Starts a program. */
  interface Start {
    Child start() throws IOException;
  }

  /**
   * Starts one.
   *
   * @throws IllegalStateException once all have been told to end
   */
  synchronized Child add(Start start) throws IOException {
    if (over) {
      throw new IllegalStateException("The benchmark is ending: no program starts any more");
    }
    Child child = start.start();
    running.push(child);
    return child;
  }

  synchronized void remove(Child child) {
    running.remove(child);
  }

  synchronized boolean over() {
    return over;
  }

  /** The last one first: servers before what they are connected to. Waits until they are gone. */
  synchronized void end() {
    over = true;
    while (!running.isEmpty()) {
      running.peek().close();
    }
  }
}
