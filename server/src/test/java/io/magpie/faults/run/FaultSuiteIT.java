package io.magpie.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.backup.BackupUnderLoad;
import io.magpie.faults.check.Invariant;
import io.magpie.faults.check.Rules;
import io.magpie.faults.check.Verdict;
import io.magpie.faults.cluster.FaultCluster;
import io.magpie.faults.report.FaultReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * All cases, and all seeded bugs; an hour and more. Only in the profile {@code faults}:
 * docs/testing.md. Whatever becomes of a case, it has a row in the report and the next one runs.
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
    present = null;
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  /** Those of equal surroundings follow each other. */
  @TestFactory
  Stream<DynamicTest> every_promise_holds() {
    return together(Cases.only(Cases.all()))
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> promiseHolds(one)));
  }

  @TestFactory
  Stream<DynamicTest> every_seeded_bug_is_caught() {
    Map<FaultCase, Set<Invariant>> bugs = SeededBugs.all();
    return together(Cases.only(List.copyOf(bugs.keySet())))
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> isCaught(one, bugs.get(one))));
  }

  @TestFactory
  Stream<DynamicTest> backups_hold() {
    FaultCase backup =
        FaultCase.of("F39", "backup during load, restored elsewhere", scene -> {})
            .by(Rules.all().proving());
    return Cases.only(List.of(backup)).stream()
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> backupHolds(one)));
  }

  private static Stream<FaultCase> together(List<FaultCase> cases) {
    Map<Surroundings, List<FaultCase>> groups = new LinkedHashMap<>();
    cases.forEach(
        one -> groups.computeIfAbsent(one.surroundings(), none -> new ArrayList<>()).add(one));
    return groups.values().stream().flatMap(List::stream);
  }

  private static void promiseHolds(FaultCase fault) {
    long seed = Seeds.next();
    tell(limited(fault, seed, () -> onCluster(fault, seed)), Verdict.Outcome.VALID);
  }

  private static void isCaught(FaultCase fault, Set<Invariant> by) {
    long seed = Seeds.next();
    Outcome outcome = limited(fault, seed, () -> onCluster(fault, seed));
    Set<Invariant> broken = outcome.verdict().broken();
    outcome = outcome.with("caught by", names(broken));
    tell(outcome, Verdict.Outcome.INVALID);
    assertThat(broken).as(outcome.toString()).containsAnyElementsOf(by);
  }

  private static String names(Set<Invariant> broken) {
    return broken.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static void backupHolds(FaultCase fault) {
    long seed = Seeds.next();
    Callable<Outcome> run =
        () -> {
          Path folder = Files.createTempDirectory("fault-backup");
          return Outcome.of(fault, seed, new BackupUnderLoad(folder).run());
        };
    tell(limited(fault, seed, run), Verdict.Outcome.VALID);
  }

  /** What broke or took too long has an outcome, too, and leaves no cluster behind. */
  private static Outcome limited(FaultCase fault, long seed, Callable<Outcome> run) {
    try {
      return TimeLimit.within(Pace.full().longest(), run, FaultSuiteIT::stop);
    } catch (Exception | AssertionError e) {
      stop();
      return Outcome.broken(fault, seed, e);
    }
  }

  private static Outcome onCluster(FaultCase fault, long seed) {
    if (!fault.surroundings().equals(present)) {
      stop();
      cluster = fault.surroundings().start(DIRECTORY.resolve("nodes"));
      present = fault.surroundings();
    }
    Path directory = DIRECTORY.resolve(fault.directory());
    return new CaseRun(fault, cluster, directory, seed, Pace.full()).run();
  }

  private static void tell(Outcome outcome, Verdict.Outcome expected) {
    Path kept = outcome.tell(REPORT, expected);
    assertThat(outcome.verdict().outcome()).as(outcome + "\n  see " + kept).isEqualTo(expected);
  }
}
