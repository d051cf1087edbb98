package io.magpie.gateway;

import java.time.Duration;

/**
 * When an event loop writes what waits for its connections. Idle, at the end of the same turn. The
 * longer the last flush took, the longer the next one waits, so that flushing takes at most about a
 * quarter of the loop's time; meanwhile more gathers for each connection and leaves in one write.
 * The price of a delivery is the write, so this is what keeps a busy loop from falling behind (ADR
 * 0016). Times are monotone nanoseconds.
 */
final class FlushPace {
  /** How many times as long as the last flush the next one waits. */
  private static final int REST = 3;

  /** Shorter waits cost more than they bring. */
  private static final long WORTH_WAITING = 200_000;

  private final long longest;
  private long notBefore;

  /**
   * @param longest wait at most; zero for none
   */
  FlushPace(Duration longest, long now) {
    this.longest = longest.toNanos();
    this.notBefore = now;
  }

  /** How long to wait with the next flush; 0 for not at all. */
  long untilNext(long now) {
    long wait = notBefore - now;
    return wait < WORTH_WAITING ? 0 : wait;
  }

  void flushed(long began, long ended) {
    notBefore = ended + Math.min(longest, REST * (ended - began));
  }
}
