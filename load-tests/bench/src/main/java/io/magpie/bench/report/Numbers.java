package io.magpie.bench.report;

import io.magpie.bench.workload.Figure;
import io.magpie.bench.workload.Result;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers as people read them: three digits that mean something. */
final class Numbers {
  static final String NOTHING = "–";

  private Numbers() {}

  static String of(double value) {
    if (value == 0) {
      return NOTHING;
    }
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The same where nothing is a finding. */
  static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** The same with one digit behind the point. */
  static String decimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /** Several figures of a result in one cell. */
  static String of(Result result, Figure... figures) {
    return joined(Stream.of(figures).map(figure -> of(result.figure(figure))));
  }

  static String joined(Stream<String> numbers) {
    return numbers.collect(Collectors.joining(" / "));
  }

  static String times(double ratio) {
    return ratio == 0
        ? NOTHING
        : String.format(Locale.ROOT, ratio >= 10 ? "%.0f×" : "%.1f×", ratio);
  }

  static String cpu(Map<String, Double> seconds) {
    return seconds.entrySet().stream()
        .filter(entry -> entry.getValue() >= 0.005)
        .map(entry -> entry.getKey() + " " + of(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
