package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL goes away for a moment while a node starts, after it had been there. */
class StartPatienceIT {

  @ParameterizedTest
  @ValueSource(strings = {"full_page_writes", "clock_timestamp() as now"})
  void what_a_start_asks_first_is_asked_again(String question) {
    try (ProxiedDatabase database = new ProxiedDatabase()) {
      database.proxy().cutAnswerTo(question);
      try (TestServer server = TestServer.on(database.endpoints())) {
        assertThat(database.proxy().cuts()).isEqualTo(1);
        int ready =
            server.http().exchange(server.http().request("/health/ready").build()).statusCode();
        assertThat(ready).isEqualTo(200);
      }
    }
  }
}
