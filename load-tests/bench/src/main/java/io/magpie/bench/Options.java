package io.magpie.bench;

import io.magpie.bench.workload.Workload;
import io.magpie.bench.workload.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** What was typed: words of the form {@code --name=value}. */
record Options(Properties values) {
  private static final List<String> KNOWN =
      List.of(
          "targets",
          "workloads",
          "rates",
          "seconds",
          "stands",
          "messages",
          "idle",
          "nodes",
          "jar",
          "magpie",
          "java-options",
          "results",
          "add",
          "peers",
          "page");

  private static final Path JAVA_OPTIONS = Path.of("cluster-config", "java.options");
  private static final String NONE = "none";
  private static final int MOST_NODES = 16;
  private static final int MOST_SECONDS = 3_600;
  private static final int MOST_A_SECOND = 10_000_000;
  private static final int LEAST_IDLE = 1_100;
  private static final int MOST_IDLE = 25_000;
  private static final int MOST_STORED = 1_000_000_000;

  /**
   * Reads words.
   *
   * @throws BadOption for a name or a number that cannot be meant; names of targets and workloads
   *     are looked at by those who know them
   */
  static Options of(String... words) {
    Properties values = new Properties();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (!word.startsWith("--") || equals < 0 || !KNOWN.contains(word.substring(2, equals))) {
        throw new BadOption(
            "What is " + word + "? Options are --name=value with the names " + KNOWN);
      }
      values.setProperty(word.substring(2, equals), word.substring(equals + 1));
    }
    Options options = new Options(values);
    options.check();
    return options;
  }

  private void check() {
    nodes();
    time();
    stands();
    messages();
    idle();
    rates();
    adds();
  }

  /** Arguments of java that start Magpie. */
  List<String> magpie() {
    List<String> given = words("magpie", "\\s+");
    Path jar = Path.of(values.getProperty("jar", "server/target/magpie.jar")).toAbsolutePath();
    return given.isEmpty() ? List.of("-jar", jar.toString()) : given;
  }

  /** Those that a node is run with, if no others were given. */
  List<String> javaOptions() {
    return values.containsKey("java-options") ? words("java-options", "\\s+") : recommended();
  }

  private static List<String> recommended() {
    try (Stream<String> lines = Files.lines(JAVA_OPTIONS)) {
      return lines.map(String::strip).filter(line -> line.startsWith("-")).toList();
    } catch (NoSuchFileException e) {
      throw new BadOption(
          "There is no " + JAVA_OPTIONS + "; run this from the top folder, or say --java-options=");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int nodes() {
    return number("nodes", 1, 1, MOST_NODES);
  }

  /** Empty: all. */
  List<String> targets() {
    return words("targets", ",");
  }

  /**
   * Those of all workloads that were asked for.
   *
   * @throws BadOption for a name that none of them has
   */
  List<Workload> chosen(List<Workload> all) {
    List<String> wanted = words("workloads", ",");
    if (wanted.isEmpty()) {
      return all;
    }
    List<String> names = all.stream().map(Options::word).toList();
    for (String name : wanted) {
      if (!names.contains(name) && !name.equals(NONE)) {
        throw new BadOption("What is --workloads=" + name + "? There are " + names);
      }
    }
    return all.stream().filter(workload -> wanted.contains(word(workload))).toList();
  }

  private static String word(Workload workload) {
    return workload.name().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** How long each rate is measured. */
  Duration time() {
    return Duration.ofSeconds(number("seconds", 4, 1, MOST_SECONDS));
  }

  /** Acknowledged sends a second; 0 if none were given: looks for the most. */
  double stands() {
    return number("stands", 0, 1, MOST_A_SECOND);
  }

  /** Stored in the big database. */
  int messages() {
    return number("messages", 10_000_000, Workloads.LEAST_STORED, MOST_STORED);
  }

  /** Connections of W3. */
  int idle() {
    int idle = number("idle", 10_000, LEAST_IDLE, MOST_IDLE);
    if (idle % 100 != 0) {
      throw new BadOption("--idle=" + idle + ": people are in groups of a hundred");
    }
    return idle;
  }

  /** Deliveries a second; empty: looks for the most. */
  List<Double> rates() {
    return words("rates", ",").stream()
        .map(rate -> (double) number("rates", rate, 1, MOST_A_SECOND))
        .toList();
  }

  /** Where results are kept. */
  Path results() {
    return Path.of(values.getProperty("results", "load-tests/bench/results"));
  }

  /** Whether results of earlier runs stay, those of the same target and workload excepted. */
  boolean adds() {
    String text = values.getProperty("add", "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new BadOption("--add=" + text + ": true or false");
    }
    return text.equals("true");
  }

  /** A document into which the tables go. */
  Optional<Path> page() {
    return Optional.ofNullable(values.getProperty("page")).map(Path::of);
  }

  Path peers() {
    return Path.of(values.getProperty("peers", "load-tests/bench/peers"));
  }

  private int number(String name, int otherwise, int least, int most) {
    String text = values.getProperty(name);
    return text == null ? otherwise : number(name, text, least, most);
  }

  private static int number(String name, String text, int least, int most) {
    if (text.matches("\\d{1,10}")) {
      long number = Long.parseLong(text);
      if (least <= number && number <= most) {
        return (int) number;
      }
    }
    throw new BadOption(
        "--%s=%s: a whole number from %d to %d is needed".formatted(name, text, least, most));
  }

  private List<String> words(String name, String separator) {
    String text = values.getProperty(name, "").trim();
    return text.isEmpty() ? List.of() : List.of(text.split(separator));
  }
}
