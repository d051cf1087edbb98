package io.magpie.bench;

import io.magpie.bench.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What was typed: words of the form {@code --name=value}. */
record Options(Properties values) {
  private static final Set<String> KNOWN =
      Set.of(
          "targets",
          "workloads",
          "rates",
          "seconds",
          "stands",
          "messages",
          "nodes",
          "jar",
          "magpie",
          "java-options",
          "results",
          "add",
          "peers",
          "page");

  private static final String NONE = "none";

  static Options of(String... words) {
    Properties values = new Properties();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (!word.startsWith("--") || equals < 0 || !KNOWN.contains(word.substring(2, equals))) {
        throw new IllegalArgumentException(
            "What is " + word + "? Options are --name=value with the names " + KNOWN);
      }
      values.setProperty(word.substring(2, equals), word.substring(equals + 1));
    }
    return new Options(values);
  }

  /** Arguments of java that start Magpie. */
  List<String> magpie() {
    List<String> given = words("magpie", "\\s+");
    Path jar = Path.of(values.getProperty("jar", "server/target/magpie.jar")).toAbsolutePath();
    return given.isEmpty() ? List.of("-jar", jar.toString()) : given;
  }

  List<String> javaOptions() {
    return words("java-options", "\\s+");
  }

  int nodes() {
    return Integer.parseInt(values.getProperty("nodes", "1"));
  }

  /** Empty: all. */
  List<String> targets() {
    return words("targets", ",");
  }

  /**
   * Those of all workloads that were asked for.
   *
   * @throws IllegalArgumentException for a name that none of them has
   */
  List<Workload> chosen(List<Workload> all) {
    List<String> wanted = words("workloads", ",");
    if (wanted.isEmpty()) {
      return all;
    }
    List<String> names = all.stream().map(Options::word).toList();
    for (String name : wanted) {
      if (!names.contains(name) && !name.equals(NONE)) {
        throw new IllegalArgumentException("What is " + name + "? There are " + names);
      }
    }
    return all.stream().filter(workload -> wanted.contains(word(workload))).toList();
  }

  private static String word(Workload workload) {
    return workload.name().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** How long each rate is measured. */
  Duration time() {
    return Duration.ofSeconds(Long.parseLong(values.getProperty("seconds", "4")));
  }

  /** Acknowledged sends a second; 0: looks for the most. */
  double stands() {
    return Double.parseDouble(values.getProperty("stands", "0"));
  }

  /** Stored in the big database. */
  int messages() {
    return Integer.parseInt(values.getProperty("messages", "10000000"));
  }

  /** Deliveries a second; empty: looks for the most. */
  List<Double> rates() {
    return words("rates", ",").stream().map(Double::valueOf).toList();
  }

  /** Where results are kept. */
  Path results() {
    return Path.of(values.getProperty("results", "load-tests/bench/results"));
  }

  /** Whether results of earlier runs stay, those of the same target and workload excepted. */
  boolean adds() {
    return Boolean.parseBoolean(values.getProperty("add", "false"));
  }

  /** A document into which the tables go. */
  Optional<Path> page() {
    return Optional.ofNullable(values.getProperty("page")).map(Path::of);
  }

  Path peers() {
    return Path.of(values.getProperty("peers", "load-tests/bench/peers"));
  }

  private List<String> words(String name, String separator) {
    String text = values.getProperty(name, "").trim();
    return text.isEmpty() ? List.of() : List.of(text.split(separator));
  }
}
