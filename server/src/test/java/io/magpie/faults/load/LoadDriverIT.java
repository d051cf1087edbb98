package io.magpie.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.check.Checker;
import io.magpie.faults.check.Rules;
import io.magpie.faults.check.Verdict;
import io.magpie.faults.history.History;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.report.FaultReport;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The people of the fault runs, on a server that nothing happens to but cut connections. */
class LoadDriverIT {
  private static final Path DIRECTORY = Path.of("target", "faults", "driver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A reset often meets no send that is open. */
  private static final Rules RULES =
      Rules.all().proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.RECONNECT);

  @Test
  void what_devices_send_and_get_over_cuts_is_written_down() {
    try (TestServer server = TestServer.start("EXEMPT_NETWORKS", "127.0.0.0/8")) {
      String url = "http://localhost:" + server.port();
      Crowd crowd = Crowd.make(new TestHttp(url), server.admin().token(), 20, 5, 8, 1);
      LoadDriver driver = LoadDriver.start(DIRECTORY, 1, crowd, Map.of("n1", url), List.of(url));
      try (driver;
          HistoryWriter faults = new HistoryWriter(DIRECTORY.resolve("faults.jsonl"))) {
        driver.connect(PATIENCE);
        driver.load(100);
        driver.churn(Duration.ofMillis(200));
        sent(driver, 200);
        HistoryWriter.OpenFault fault = faults.begin("cut", "all sockets");
        driver.cutAll();
        sent(driver, 600);
        fault.end(true, "");
        driver.quiesce(PATIENCE);
        driver.readAll(PATIENCE);
      }
      List<Path> files = List.of(driver.history(), DIRECTORY.resolve("faults.jsonl"));
      Verdict verdict = Checker.judge(History.read(files), RULES);
      new FaultReport(DIRECTORY).add("cut", 1, Verdict.Outcome.VALID, verdict, files, Map.of());
      assertThat(verdict.valid()).as(verdict.toString()).isTrue();
    }
  }

  private static void sent(LoadDriver driver, int number) {
    Deadline.await(
        number + " sends", PATIENCE, () -> driver.stats().get("sent").intValue() >= number);
  }
}
