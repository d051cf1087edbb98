package io.magpie.faults.run;

import io.magpie.faults.check.Checker;
import io.magpie.faults.check.Verdict;
import io.magpie.faults.history.History;
import io.magpie.faults.report.FaultReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a case went.
 *
 * @param verdict invalid also where only a condition of the case itself does not hold
 * @param figures of the case, by name; under {@code broken} those conditions
 */
record Outcome(
    FaultCase fault, long seed, Verdict verdict, List<Path> history, Map<String, String> figures) {

  /** Judges what was written down. */
  static Outcome of(FaultCase fault, long seed, List<Path> files, Scene scene) {
    History history = History.read(files);
    scene.judge(new Measures(history));
    Verdict verdict = Checker.judge(history, fault.rules());
    Map<String, String> figures = new LinkedHashMap<>(scene.figures());
    if (!scene.violations().isEmpty()) {
      figures.put("broken", String.join("; ", scene.violations()));
      verdict =
          new Verdict(
              Verdict.Outcome.INVALID,
              verdict.violations(),
              verdict.doubts(),
              verdict.counts(),
              verdict.timing());
    }
    return new Outcome(fault, seed, verdict, files, figures);
  }

  /** That of a case that judges itself. */
  static Outcome of(FaultCase fault, long seed, Verdict verdict) {
    return new Outcome(fault, seed, verdict, List.of(), Map.of());
  }

  /** A run that came to no end proves nothing, whatever was expected of it. */
  static Outcome broken(FaultCase fault, long seed, Throwable failure) {
    Verdict nothing = Checker.judge(new History(List.of(), 0), fault.rules());
    return of(
        fault,
        seed,
        new Verdict(
            Verdict.Outcome.UNKNOWN,
            List.of(),
            List.of("the run broke: " + failure),
            nothing.counts(),
            nothing.timing()));
  }

  /** With one more figure. */
  Outcome with(String figure, String value) {
    Map<String, String> more = new LinkedHashMap<>(figures);
    more.put(figure, value);
    return new Outcome(fault, seed, verdict, history, more);
  }

  /** Adds it to the report, and to what the build prints; where to look further. */
  Path tell(FaultReport report, Verdict.Outcome expected) {
    System.out.println(this);
    return report.add(fault.id(), seed, expected, verdict, history, figures);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(fault + ", seed " + seed + ": " + verdict);
    figures.forEach((name, value) -> text.append("\n  ").append(name).append(": ").append(value));
    return text.toString();
  }
}
