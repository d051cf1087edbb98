package io.magpie.bench.workload;

/**
 * When a server is itself again: from the first of {@value #IN_A_ROW} messages in a row, sent one
 * after the other, that were acknowledged within {@value #GOOD_MS} ms each.
 */
final class Recovery {
  static final int IN_A_ROW = 10;
  static final int GOOD_MS = 250;

  private int good;
  private double since;

  /**
   * One more message.
   *
   * @param atSeconds when it was sent, since the load ended
   * @param acked whether it was acknowledged
   * @param tookMs until then
   */
  void tried(double atSeconds, boolean acked, double tookMs) {
    if (!acked || tookMs > GOOD_MS) {
      good = 0;
      return;
    }
    if (good == 0) {
      since = atSeconds;
    }
    good++;
  }

  boolean over() {
    return good >= IN_A_ROW;
  }

  /** When the first of them was sent, in seconds since the load ended. */
  double seconds() {
    return since;
  }
}
