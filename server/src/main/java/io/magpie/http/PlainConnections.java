package io.magpie.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the TCP connections of this node that are no WebSockets, so that somebody who only opens
 * them cannot take all file descriptors. Shared by the event loops.
 */
final class PlainConnections {
  private final int most;
  private final AtomicInteger count = new AtomicInteger();

  PlainConnections(int most) {
    this.most = most;
  }

  /** Takes a place; give it back with {@link #leave} exactly once. */
  boolean enter() {
    if (count.incrementAndGet() <= most) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  void leave() {
    count.decrementAndGet();
  }

  int count() {
    return count.get();
  }
}
