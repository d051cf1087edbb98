package io.magpie.bench.load;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The last messages of each client: one more may leave when the one that many messages ago has its
 * answer. So a client never has more of them open, and seldom fewer where answers come in order.
 */
final class Window {
  private static final int NONE = -1;

  private final int[][] ids;
  private final int[] next;

  /**
   * @param most messages of a client that may be open
   */
  Window(int clients, int most) {
    ids = new int[clients][most];
    next = new int[clients];
    for (int[] each : ids) {
      Arrays.fill(each, NONE);
    }
  }

  /**
   * Whether this client may send one more.
   *
   * @param open whether a message has no answer yet
   */
  boolean free(int client, IntPredicate open) {
    int oldest = ids[client][next[client]];
    return oldest == NONE || !open.test(oldest);
  }

  void sent(int client, int id) {
    ids[client][next[client]] = id;
    next[client] = (next[client] + 1) % ids[client].length;
  }
}
