package io.magpie.bench.load;

/**
 * The moments of a fixed rate, without arrears: one that is too long ago is passed over.
 *
 * <p>Times are those of System.nanoTime.
 */
final class Pace {
  private final long begin;
  private final double interval;
  private final long patience;
  private long next;
  private long late;

  /**
   * @param interval between two moments, in ns
   * @param patience how long ago a moment may be, in ns
   */
  Pace(long begin, double interval, long patience) {
    this.begin = begin;
    this.interval = interval;
    this.patience = patience;
  }

  /** The next moment. */
  long due() {
    return begin + (long) (next * interval);
  }

  /** The next moment is taken. */
  void take() {
    next++;
  }

  /** Passes over what is too long ago. */
  void passOver(long now) {
    long oldest = (long) Math.ceil((now - begin - patience) / interval);
    if (oldest > next) {
      late += oldest - next;
      next = oldest;
    }
  }

  /** How many were passed over. */
  long late() {
    return late;
  }
}
