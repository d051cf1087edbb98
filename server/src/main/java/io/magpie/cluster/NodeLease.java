package io.magpie.cluster;

import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * This node's place among the living. It is a row in PostgreSQL that the node renews; a node whose
 * lease has run out is dead to the others, also when it still runs (frozen, or cut off). What a
 * node writes about itself, such as who is online on it, is written under the condition that its
 * lease of this incarnation still stands.
 */
public interface NodeLease {
  /** The node's id; no two living nodes have the same. */
  String node();

  /** Changes each time the lease had to be taken anew. */
  UUID incarnation();

  /**
   * Calls {@code work} after each taking of the lease from now on, and once soon: whatever the node
   * had told about itself is gone then and has to be told again.
   */
  void onTaken(Supplier<Future<Void>> work);
}
