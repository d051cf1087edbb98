package io.magpie.app.embedded;

/** Picks what a person needs to read out of a program's output. */
final class Sentences {
  private static final int MAX = 400;

  private Sentences() {}

  /** The last line that says something, shortened, ended with a full stop. */
  static String lastLine(String output) {
    return output
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((first, second) -> second)
        .map(line -> line.length() > MAX ? line.substring(0, MAX) : line)
        .map(line -> line.endsWith(".") ? line : line + ".")
        .orElse("It said nothing.");
  }

  /** The last line with {@code FATAL} or {@code error}; without one the last line. */
  static String lastError(String output) {
    return output
        .lines()
        .filter(line -> line.contains("FATAL") || line.contains("error:") || line.contains("PANIC"))
        .reduce((first, second) -> second)
        .map(Sentences::lastLine)
        .orElseGet(() -> lastLine(output));
  }
}
