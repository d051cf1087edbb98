package io.magpie.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What was typed: words of the form {@code --name=value}. */
record Options(Properties values) {
  static Options of(String[] args) {
    Properties values = new Properties();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("What is " + arg + "? Options look like --nodes=3.");
      }
      values.setProperty(arg.substring(2, equals), arg.substring(equals + 1));
    }
    return new Options(values);
  }

  List<String> magpie() {
    String given = values.getProperty("magpie", "");
    return given.isEmpty()
        ? List.of(
            "-jar",
            Path.of(values.getProperty("jar", "server/target/magpie.jar"))
                .toAbsolutePath()
                .toString())
        : words(given);
  }

  List<String> javaOptions() {
    return words(values.getProperty("java-options", ""));
  }

  int nodes() {
    return Integer.parseInt(values.getProperty("nodes", "1"));
  }

  /** How long each rate is measured. */
  Duration time() {
    return Duration.ofSeconds(Long.parseLong(values.getProperty("seconds", "4")));
  }

  /** Whether the most is looked for. */
  boolean climbs() {
    return !values.containsKey("rates");
  }

  /** Rates in deliveries a second that are measured in any case. */
  List<Double> rates(double... usual) {
    return climbs()
        ? Arrays.stream(usual).boxed().toList()
        : Arrays.stream(values.getProperty("rates").split(",")).map(Double::valueOf).toList();
  }

  boolean wants(String workload) {
    String wanted = values.getProperty("workloads", "");
    return wanted.isEmpty()
        || Arrays.asList(wanted.split(","))
            .contains(workload.toLowerCase(Locale.ROOT).replace(' ', '-'));
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
  }
}
