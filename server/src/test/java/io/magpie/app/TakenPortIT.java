package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.EmbeddedForTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A port that somebody else has: one clear sentence and an exit code, no stack trace. */
class TakenPortIT {

  @ParameterizedTest
  @CsvSource({
    "MAGPIE_HTTP_PORT, MAGPIE_MANAGEMENT_PORT",
    "MAGPIE_MANAGEMENT_PORT, MAGPIE_HTTP_PORT"
  })
  void a_taken_port_is_named_and_the_process_ends_with_1(String taken, String free)
      throws IOException, InterruptedException {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("taken_port");
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "io.magpie.Main");
      builder
          .environment()
          .putAll(
              Map.of(
                  "MAGPIE_POSTGRES_URI",
                  endpoints.postgresUri(),
                  "MAGPIE_POSTGRES_OWNER_URI",
                  endpoints.postgresOwnerUri(),
                  "MAGPIE_REDIS_URI",
                  endpoints.redisUri(),
                  "MAGPIE_TOKEN_KEYS",
                  "k1:YSB0ZXN0IHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo",
                  taken,
                  String.valueOf(holder.getLocalPort()),
                  free,
                  "0"));
      Process process = builder.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(1);
      assertThat(said)
          .contains("Port " + holder.getLocalPort() + " on 127.0.0.1 cannot be opened")
          .contains("Set " + taken + " to a free one.")
          .doesNotContain("\tat ", "Exception");
    }
  }
}
