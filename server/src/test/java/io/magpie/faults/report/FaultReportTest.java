package io.magpie.faults.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.check.Checker;
import io.magpie.faults.check.Rules;
import io.magpie.faults.check.Verdict;
import io.magpie.faults.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run. */
class FaultReportTest {
  @TempDir private Path directory;

  private final Verdict nothing = Checker.judge(new History(List.of(), 0), Rules.all());

  @Test
  void each_case_is_a_row_and_is_replaced_by_its_next_run() throws IOException {
    FaultReport report = new FaultReport(directory);
    add(report, "F02", 1, Verdict.Outcome.UNKNOWN);
    add(report, "F01", 2, Verdict.Outcome.UNKNOWN);
    Path where = add(report, "F02", 3, Verdict.Outcome.UNKNOWN);
    assertThat(where).isEqualTo(directory.resolve("report.md"));
    List<String> rows =
        Files.readAllLines(where).stream().filter(line -> line.startsWith("| F")).toList();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).startsWith("| F01 | unknown | 0 |").endsWith("| 2 |");
    assertThat(rows.get(1)).endsWith("| 3 |");
    assertThat(Files.readString(where)).contains("- figure: 7 ms", "proves nothing: no final read");
    assertThat(directory.resolve("report.json")).content().contains("\"name\" : \"F01\"");
    report.clear();
    add(report, "F03", 1, Verdict.Outcome.UNKNOWN);
    assertThat(where).content().doesNotContain("F01");
  }

  @Test
  void the_history_of_a_case_that_is_not_as_expected_is_kept() throws IOException {
    Path kept = add(new FaultReport(directory), "F01 with no-gate", 5, Verdict.Outcome.INVALID);
    assertThat(kept).isEqualTo(directory.resolve("failed/F01-with-no-gate-5"));
    assertThat(kept.resolve("driver.jsonl")).content().isEqualTo("{}");
    assertThat(kept.resolve("verdict.txt")).content().startsWith("UNKNOWN");
    assertThat(directory.resolve("report.md")).content().contains("| **unknown** |");
  }

  private Path add(FaultReport report, String name, long seed, Verdict.Outcome expected)
      throws IOException {
    Path history = directory.resolve("driver.jsonl");
    Files.writeString(history, "{}");
    return report.add(name, seed, expected, nothing, List.of(history), Map.of("figure", "7 ms"));
  }
}
