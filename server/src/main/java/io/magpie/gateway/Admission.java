package io.magpie.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts connections that have not said a good hello, per node and per address. Shared by the event
 * loops.
 */
public final class Admission {
  private final int perNode;
  private final int perAddress;
  private final Predicate<String> exempt;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int count;

  /**
   * @param exempt addresses to which the limit per address does not apply
   */
  public Admission(int perNode, int perAddress, Predicate<String> exempt) {
    this.perNode = perNode;
    this.perAddress = perAddress;
    this.exempt = exempt;
  }

  /** Takes a place; give it back with {@link #leave} exactly once. */
  public synchronized boolean enter(String address) {
    int here = byAddress.getOrDefault(address, 0);
    if (count >= perNode || here >= perAddress && !exempt.test(address)) {
      return false;
    }
    count++;
    byAddress.put(address, here + 1);
    return true;
  }

  public synchronized void leave(String address) {
    count--;
    byAddress.computeIfPresent(address, (key, here) -> here == 1 ? null : here - 1);
  }

  public synchronized int count() {
    return count;
  }
}
