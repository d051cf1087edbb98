package io.magpie.cluster;

import io.vertx.core.Vertx;

/**
 * Tells a node to look at its row now. The signal says nothing else and nobody depends on it: the
 * node looks at each renewal of its lease anyway. It crosses nodes where these are joined.
 */
public final class NodeSignals {
  private static final String PREFIX = "magpie.node.";

  private final Vertx vertx;

  public NodeSignals(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Calls {@code look} on an event loop when somebody tells this node to look. */
  public void listen(String node, Runnable look) {
    vertx.eventBus().consumer(PREFIX + node, message -> look.run());
  }

  public void look(String node) {
    vertx.eventBus().publish(PREFIX + node, "");
  }
}
