package io.magpie.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.check.Verdict;
import io.magpie.faults.cluster.FaultCluster;
import io.magpie.faults.report.FaultReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few cases with short faults on one cluster, in every build: faults.md, "Minimum set". */
class MinimumSetFaultIT {
  private static final Path DIRECTORY = Path.of("target", "faults", "minimum");
  private static final FaultReport REPORT = new FaultReport(DIRECTORY);
  private static FaultCluster cluster;

  @BeforeAll
  static void start() {
    REPORT.clear();
    cluster = Surroundings.USUAL.start(DIRECTORY);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  static List<FaultCase> cases() {
    return Cases.only(Cases.minimum());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void every_promise_holds(FaultCase fault) {
    Outcome outcome =
        new CaseRun(fault, cluster, DIRECTORY.resolve(fault.id()), Seeds.next(), Pace.QUICK).run();
    Path kept = outcome.tell(REPORT, Verdict.Outcome.VALID);
    assertThat(outcome.verdict().valid()).as(outcome + "\n  see " + kept).isTrue();
  }
}
