package io.magpie.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.check.Verdict;
import io.magpie.faults.cluster.FaultCluster;
import io.magpie.faults.report.FaultReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * All cases, and all seeded bugs; an hour and more. Only in the profile {@code faults}:
 * docs/testing.md.
 */
class FaultSuiteIT {
  private static final Path DIRECTORY = Path.of("target", "faults");
  private static final FaultReport REPORT = new FaultReport(DIRECTORY);
  private static FaultCluster cluster;
  private static Surroundings present;

  @BeforeAll
  static void clear() {
    REPORT.clear();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  /** Those of equal surroundings follow each other. */
  @TestFactory
  Stream<DynamicTest> every_promise_holds() {
    return tests(Cases.all(), Verdict.Outcome.VALID);
  }

  @TestFactory
  Stream<DynamicTest> every_seeded_bug_is_caught() {
    return tests(SeededBugs.all(), Verdict.Outcome.INVALID);
  }

  private static Stream<DynamicTest> tests(List<FaultCase> cases, Verdict.Outcome expected) {
    Map<Surroundings, List<FaultCase>> groups = new LinkedHashMap<>();
    for (FaultCase one : Cases.only(cases, System.getProperty("faults.only", ""))) {
      groups.computeIfAbsent(one.surroundings(), none -> new ArrayList<>()).add(one);
    }
    return groups.values().stream()
        .flatMap(List::stream)
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> run(one, expected)));
  }

  private static void run(FaultCase fault, Verdict.Outcome expected) {
    if (!fault.surroundings().equals(present)) {
      stop();
      present = null;
      cluster = fault.surroundings().start(DIRECTORY.resolve("nodes"));
      present = fault.surroundings();
    }
    Outcome outcome =
        new CaseRun(fault, cluster, DIRECTORY.resolve(fault.directory()), Seeds.next(), Pace.full())
            .run();
    Path kept = outcome.tell(REPORT, expected);
    assertThat(outcome.verdict().outcome()).as(outcome + "\n  see " + kept).isEqualTo(expected);
  }
}
