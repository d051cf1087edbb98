package io.magpie.cluster;

/** Another living node has this node's id, so this one must not serve. */
public final class NodeIdTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NodeIdTaken(String id) {
    super("Another living node has the id " + id + ".");
  }
}
