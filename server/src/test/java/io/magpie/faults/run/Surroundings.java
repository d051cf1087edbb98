package io.magpie.faults.run;

import io.magpie.faults.cluster.FaultCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that a case needs; cases of equal ones share it.
 *
 * @param settings over those of the suite, keys with {@code MAGPIE_}
 * @param options of the server JVMs, and {@code descriptors=300} for how many files each may open
 * @param older whether the servers are of an older commit
 * @param disk MiB that PostgreSQL has for its files; 0: the disk of the build
 */
public record Surroundings(
    int nodes, Map<String, String> settings, List<String> options, boolean older, int disk) {
  public static final Surroundings USUAL = new Surroundings(3, Map.of(), List.of());

  public Surroundings {
    settings = Map.copyOf(settings);
    options = List.copyOf(options);
  }

  public Surroundings(int nodes, Map<String, String> settings, List<String> options) {
    this(nodes, settings, options, false, 0);
  }

  public Surroundings withDisk(int mebibytes) {
    return new Surroundings(nodes, settings, options, older, mebibytes);
  }

  public static Surroundings settings(Map<String, String> settings) {
    return new Surroundings(3, settings, List.of());
  }

  public Surroundings withOption(String option) {
    return new Surroundings(nodes, settings, List.of(option), older, disk);
  }

  public Surroundings ofOlderServers() {
    return new Surroundings(nodes, settings, options, true, disk);
  }

  FaultCluster start(Path directory) {
    Optional<Path> jar = older ? Optional.of(PreviousJar.build()) : Optional.empty();
    return FaultCluster.start(directory, nodes, settings, options, jar, disk);
  }
}
