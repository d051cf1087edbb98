package io.magpie.faults.report;

import io.magpie.faults.check.Counts;
import io.magpie.faults.check.Timing;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The report for people. */
final class Markdown {
  private static final String HEAD =
      """
      # Fault run

      Seen: from the ack until every member who was online then had applied it. All again: from the \
      last heal until everybody had everything acknowledged before. Gone: from the moment somebody \
      vanished until everybody who watched was told. Worth reading with it: docs/testing.md.

      | case | verdict | sends | acked | refused | unknown | lost | doubled | out of order | \
      all again ms | seen p50 / p99 / max ms | gone p50 / max ms | reconnects | \
      twice on the wire | seed |
      |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  private Markdown() {}

  static String of(List<CaseResult> results) {
    StringBuilder text = new StringBuilder(HEAD);
    results.forEach(result -> text.append(row(result)));
    for (CaseResult result : results) {
      details(result, text);
    }
    return text.toString();
  }

  private static String row(CaseResult result) {
    Counts counts = result.counts();
    Timing timing = result.timing();
    String healed =
        timing.healedMs().isPresent() ? String.valueOf(timing.healedMs().getAsLong()) : "–";
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %s | %.0f / %.0f / %.0f | %s | %d | %d | %d |%n",
        result.name(),
        verdict(result),
        counts.attempted(),
        counts.acked(),
        counts.refused(),
        counts.unknown(),
        counts.lost(),
        counts.doubled(),
        counts.outOfOrder(),
        healed,
        timing.p50Ms(),
        timing.p99Ms(),
        timing.maxMs(),
        gone(timing.gone()),
        counts.reconnects(),
        counts.wireDuplicates(),
        result.seed());
  }

  private static String gone(Timing.Gone gone) {
    return gone.seen() == 0
        ? "–"
        : String.format(Locale.ROOT, "%.0f / %.0f", gone.p50Ms(), gone.maxMs());
  }

  private static String verdict(CaseResult result) {
    String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
    return result.asExpected() ? outcome : "**" + outcome + "**";
  }

  private static void details(CaseResult result, StringBuilder text) {
    boolean quiet =
        result.violations().isEmpty() && result.doubts().isEmpty() && result.figures().isEmpty();
    if (quiet && result.timing().worst().isEmpty()) {
      return;
    }
    text.append("\n## ").append(result.name()).append("\n\n");
    new TreeMap<>(result.figures())
        .forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
    result
        .violations()
        .forEach(violation -> text.append("- broken: ").append(violation).append('\n'));
    result.doubts().forEach(doubt -> text.append("- proves nothing: ").append(doubt).append('\n'));
    List<String> worst =
        result.timing().worst().stream()
            .map(slow -> String.format(Locale.ROOT, "%.0f (%s)", slow.ms(), slow.lastDevice()))
            .toList();
    text.append("- slowest, ms: ").append(String.join(", ", worst)).append('\n');
  }
}
