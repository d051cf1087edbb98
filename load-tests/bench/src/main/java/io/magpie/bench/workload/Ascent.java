package io.magpie.bench.workload;

/**
 * The rates of a ramp, one after the other, without a server. It begins with a rehearsal that
 * nobody judges, so that no rate is taken for the limit because the process is cold: {@value
 * #REHEARSED} rates, a step up after each that the server stood and a step down after each that it
 * did not. Then it climbs from the first rate until one was too much, twice, for a server that was
 * disturbed.
 */
final class Ascent {
  static final int REHEARSED = 8;
  private static final double STEP = Math.sqrt(2);
  private static final int ATTEMPTS = 2;

  private final double first;
  private final double most;
  private int rehearsed;
  private int failed;
  private double rate;

  /**
   * @param first rate, below which it never goes
   * @param most rate, above which it never goes; below {@code first} there is nothing to climb
   */
  Ascent(double first, double most) {
    this.first = first;
    this.most = most;
    rate = first;
  }

  /** Whether there is a rate to try. */
  boolean goesOn() {
    return rate <= most && failed < ATTEMPTS;
  }

  /** Whether the present rate only warms up. */
  boolean rehearses() {
    return rehearsed < REHEARSED;
  }

  /** The rate to try now. */
  double rate() {
    return rate;
  }

  /** The present rate was tried. */
  void tried(boolean stood) {
    if (rehearses()) {
      rehearsed++;
      double next = stood ? Math.min(most, rate * STEP) : Math.max(first, rate / STEP);
      rate = rehearses() ? next : first;
    } else if (stood) {
      failed = 0;
      rate *= STEP;
    } else {
      failed++;
    }
  }
}
