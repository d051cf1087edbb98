package io.magpie.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.History;
import io.magpie.faults.history.HistoryWriter;
import io.magpie.faults.history.Line;
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
      History history = History.read(List.of(driver.history(), DIRECTORY.resolve("faults.jsonl")));
      assertThat(history.torn()).isZero();
      assertThat(history.lines()).hasAtLeastOneElementOfType(Line.Final.class);
    }
  }

  private static void sent(LoadDriver driver, int number) {
    Deadline.await(
        number + " sends", PATIENCE, () -> driver.stats().get("sent").intValue() >= number);
  }
}
