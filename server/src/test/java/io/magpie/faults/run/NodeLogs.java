package io.magpie.faults.run;

import io.magpie.faults.cluster.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What servers must never write, whatever is done to them, from a moment on. */
final class NodeLogs {
  private static final List<String> NEVER =
      List.of("OutOfMemoryError", "OutOfDirectMemoryError", "StackOverflowError", "LEAK:");

  private final Map<Node, Integer> read = new LinkedHashMap<>();

  private NodeLogs() {}

  static NodeLogs mark(List<Node> nodes) {
    NodeLogs logs = new NodeLogs();
    nodes.forEach(node -> logs.read.put(node, node.process().log().length()));
    return logs;
  }

  List<String> complaints() {
    List<String> found = new ArrayList<>();
    read.forEach(
        (node, from) ->
            node.process()
                .log()
                .substring(from)
                .lines()
                .filter(line -> NEVER.stream().anyMatch(line::contains))
                .findFirst()
                .ifPresent(line -> found.add(node.name() + " wrote: " + line)));
    return found;
  }
}
