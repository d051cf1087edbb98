package io.magpie.testkit.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What a proxy has done so far, over all its connections. Readable from any thread. */
public final class ProxyCounts {
  final LongAdder links = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder passed = new LongAdder();
  final LongAdder swallowed = new LongAdder();
  final LongAdder delayed = new LongAdder();
  final LongAdder stalled = new LongAdder();
  final LongAdder resets = new LongAdder();
  final LongAdder cuts = new LongAdder();

  /** Connections that were let through. */
  public long links() {
    return links.sum();
  }

  /** Connections that were refused. */
  public long refused() {
    return refused.sum();
  }

  /** Bytes that went through, both ways. */
  public long passed() {
    return passed.sum();
  }

  /** Bytes that vanished. */
  public long swallowed() {
    return swallowed.sum();
  }

  /** Bytes that were held back for a while. */
  public long delayed() {
    return delayed.sum();
  }

  /** How often a connection began to be left unread. */
  public long stalled() {
    return stalled.sum();
  }

  /** Connections that the proxy reset by itself. */
  public long resets() {
    return resets.sum();
  }

  /** Connections that were cut behind a pattern or a number of bytes. */
  public long cuts() {
    return cuts.sum();
  }
}
