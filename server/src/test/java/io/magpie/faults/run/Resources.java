package io.magpie.faults.run;

import io.magpie.faults.cluster.Node;
import java.util.List;

/** What all servers together hold of the machine. */
record Resources(int descriptors, int threads, int nodes) {
  /** Connections of the pools, opened when they are needed. */
  private static final int LAZY = 16;

  static Resources of(List<Node> nodes) {
    return new Resources(
        nodes.stream().mapToInt(node -> node.process().descriptors()).sum(),
        nodes.stream().mapToInt(node -> node.process().threads()).sum(),
        nodes.size());
  }

  /** Invariant 14: within 5 % of what it was, and what pools may have opened meanwhile. */
  boolean backTo(Resources before) {
    return descriptors <= before.descriptors * 1.05 + LAZY * nodes
        && threads <= before.threads * 1.05 + LAZY * nodes;
  }
}
