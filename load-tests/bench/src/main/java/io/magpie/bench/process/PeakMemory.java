package io.magpie.bench.process;

import java.util.concurrent.TimeUnit;

/** Looks at the resident memory of one kind of process five times a second, from its own thread. */
public final class PeakMemory implements AutoCloseable {
  private static final long PERIOD_MS = 200;

  private final Family family;
  private final String kind;
  private final Thread thread = new Thread(this::look, "peak-memory");
  private volatile long peakKib;

  private PeakMemory(Family family, String kind) {
    this.family = family;
    this.kind = kind;
    thread.setDaemon(true);
  }

  public static PeakMemory of(Family family, String kind) {
    PeakMemory peak = new PeakMemory(family, kind);
    peak.thread.start();
    return peak;
  }

  private void look() {
    try {
      while (true) {
        peakKib = Math.max(peakKib, family.residentKib().getOrDefault(kind, 0L));
        TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops looking; the most that was seen. */
  public long endKib() {
    close();
    return peakKib;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
