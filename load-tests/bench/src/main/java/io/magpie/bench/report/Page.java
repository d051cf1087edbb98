package io.magpie.bench.report;

import io.magpie.bench.workload.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a run found: {@code results.md} with the tables, and the charts beside it. */
public final class Page {
  private static final String BEGIN = "<!-- results -->";
  private static final String END = "<!-- end of results -->";

  private final Run run;
  private final Path directory;

  public Page(Run run, Path directory) {
    this.run = run;
    this.directory = directory;
  }

  public void write() {
    save("results.md", markdown());
    save("w2-dense-cpu.svg", chart("W2 dense", Figure.CPU_PER_MILLION));
    save("w2-dense-p99.svg", chart("W2 dense", Figure.P99));
    save("w2-sparse-cpu.svg", chart("W2 sparse", Figure.CPU_PER_MILLION));
    save("w2-sparse-p99.svg", chart("W2 sparse", Figure.P99));
  }

  /**
   * Puts the tables into a document, between the lines {@value #BEGIN} and {@value #END}.
   *
   * @throws IllegalArgumentException if they are not there
   */
  public void into(Path document) {
    try {
      String text = Files.readString(document);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw new IllegalArgumentException(document + " has no place for results.");
      }
      String before = text.substring(0, begin + BEGIN.length());
      Files.writeString(document, before + "\n\n" + markdown() + "\n" + text.substring(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tables alone. */
  public String markdown() {
    Tables tables = new Tables(run);
    StringBuilder text = new StringBuilder();
    part(text, "W1: 100 users of a group, each sends every 5 s; a fresh process", tables.fresh());
    part(
        text,
        "W2 dense: 1,000 connections, 10 groups of 100",
        tables.most("W2 dense", List.of("20,000/s", "80,000/s", "320,000/s")));
    part(
        text,
        "W2 sparse: 10,000 connections, 100 groups of 100",
        tables.most("W2 sparse", List.of("20,000/s")));
    part(text, "W3: idle connections", tables.idle());
    part(text, "W4: 5,000 clients connect, log in and join", tables.storm("W4"));
    part(text, "W5: 500 pairs, acknowledged sends", tables.sends());
    part(text, "Resume storm: 1,980 of 2,000 clients come back", tables.storm("resume storm"));
    HardCases hard = new HardCases(run);
    part(text, "Overload: 1,000 pairs send more than the server stands", hard.flood());
    part(text, "Overload: what was refused", hard.refusals());
    part(text, "Big group: 5,000 members online, the owner writes twice a second", hard.group());
    part(text, "Stored: the same requests with few and with many messages", hard.reading());
    part(text, "Stored: what messages take", hard.sizes());
    text.append("### The machine\n\n");
    run.machine()
        .forEach((what, is) -> text.append("- ").append(what).append(": ").append(is).append('\n'));
    text.append("\n### What differs from defaults\n\n");
    run.notes()
        .forEach(
            (target, notes) ->
                text.append("- ")
                    .append(target)
                    .append(": ")
                    .append(String.join(", ", notes))
                    .append('\n'));
    return text.toString();
  }

  private static void part(StringBuilder text, String title, String table) {
    if (table.lines().count() > 2) {
      text.append("### ").append(title).append("\n\n").append(table).append('\n');
    }
  }

  private String chart(String workload, Figure figure) {
    Chart chart = new Chart(workload, "deliveries/s", figure.title());
    run.results(workload)
        .filter(result -> result.figure(figure) > 0)
        .forEach(
            result ->
                chart.point(
                    result.target(),
                    result.figure(Figure.DELIVERIES_PER_SECOND),
                    result.figure(figure)));
    return chart.svg();
  }

  private void save(String name, String text) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
