package io.magpie.bench.report;

import io.magpie.bench.workload.Result;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line for each result, while the run goes on. */
public final class Lines {
  private Lines() {}

  public static String line(Result result) {
    String cpu =
        result.cpu().entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    String figures =
        result.figures().entrySet().stream()
            .map(
                entry ->
                    String.format(
                        Locale.ROOT, "%s %s", entry.getKey().title(), number(entry.getValue())))
            .collect(Collectors.joining(", "));
    return "%s | %s | %s | %s | CPU s: %s | %s"
        .formatted(
            result.target(),
            result.workload(),
            result.load(),
            figures,
            cpu,
            result.counts().whole() ? "whole" : result.counts());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }
}
