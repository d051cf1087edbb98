package io.magpie.bench.server;

import io.magpie.bench.process.Cores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all servers of a run share.
 *
 * @param directory of this run, for data and logs
 * @param magpie arguments of java that start Magpie: {@code -jar FILE}, or a class path and a class
 * @param javaOptions of the runtime of a Magpie node, and of bare Vert.x
 * @param nodes of Magpie
 * @param bodyBytes of every message
 */
public record Setup(
    Path directory,
    Cores cores,
    List<String> magpie,
    List<String> javaOptions,
    int nodes,
    int bodyBytes) {
  /** The command that starts Magpie, without its own arguments. */
  List<String> magpie(List<String> options) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(magpie);
    return command;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
