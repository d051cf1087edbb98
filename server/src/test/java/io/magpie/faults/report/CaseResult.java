package io.magpie.faults.report;

import io.magpie.faults.check.Counts;
import io.magpie.faults.check.Timing;
import io.magpie.faults.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * One case of a run.
 *
 * @param name as {@code F01} or {@code F01 with no-gate}
 * @param seed of the load and of what is random in the faults
 * @param expected what the case is there to show: valid, or invalid with a seeded bug
 * @param figures more of this case, by name
 */
public record CaseResult(
    String name,
    long seed,
    Verdict.Outcome expected,
    Verdict.Outcome outcome,
    List<String> violations,
    List<String> doubts,
    Counts counts,
    Timing timing,
    Map<String, String> figures) {

  static CaseResult of(
      String name,
      long seed,
      Verdict.Outcome expected,
      Verdict verdict,
      Map<String, String> figures) {
    return new CaseResult(
        name,
        seed,
        expected,
        verdict.outcome(),
        verdict.violations().stream().map(Object::toString).toList(),
        verdict.doubts(),
        verdict.counts(),
        verdict.timing(),
        Map.copyOf(figures));
  }

  /** Whether it shows what it is there to show. */
  boolean asExpected() {
    return outcome == expected;
  }
}
