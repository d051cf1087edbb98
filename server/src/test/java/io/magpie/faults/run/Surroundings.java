package io.magpie.faults.run;

import io.magpie.faults.cluster.FaultCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The cluster that a case needs; cases of equal ones share it.
 *
 * @param settings over those of the suite, keys with {@code MAGPIE_}
 * @param options of the server JVMs, and {@code descriptors=300} for how many files each may open
 */
public record Surroundings(int nodes, Map<String, String> settings, List<String> options) {
  public static final Surroundings USUAL = new Surroundings(3, Map.of(), List.of());

  public Surroundings {
    settings = Map.copyOf(settings);
    options = List.copyOf(options);
  }

  public static Surroundings settings(Map<String, String> settings) {
    return new Surroundings(3, settings, List.of());
  }

  public Surroundings withOption(String option) {
    return new Surroundings(nodes, settings, List.of(option));
  }

  FaultCluster start(Path directory) {
    return FaultCluster.start(directory, nodes, settings, options);
  }
}
