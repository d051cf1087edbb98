package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many clients at once: some get in, some wait, the others are told when to come again. */
class HelloLineIT {
  private static final int CLIENTS = 14;

  private static Optional<JsonNode> refusal(TestClient client) {
    return client.frames().stream()
        .filter(frame -> TestClient.type(frame).equals("error"))
        .findFirst();
  }

  private static boolean welcomed(TestClient client) {
    return client.frames().stream().anyMatch(f -> TestClient.type(f).equals("welcome"));
  }

  @Test
  void those_beyond_the_line_are_told_when_to_come_and_then_get_in() {
    try (TestServer server =
        TestServer.start(
            "HELLOS_PER_SECOND", "2", "HELLOS_BURST", "2", "UNAUTHENTICATED_DEADLINE", "6s")) {
      TestUser user = server.user("伟");
      UUID epoch = UUID.fromString(server.sql("select epoch from installation"));
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        TestClient client = TestClient.connect(server);
        clients.add(client);
        client.startResume(user, epoch, Map.of());
      }
      Deadline.await(
          "everybody has an answer",
          Duration.ofSeconds(15),
          () -> clients.stream().allMatch(c -> welcomed(c) || refusal(c).isPresent()));
      List<JsonNode> refusals = clients.stream().flatMap(c -> refusal(c).stream()).toList();
      assertThat(refusals).hasSizeBetween(2, CLIENTS - 6);
      assertThat(refusals)
          .allSatisfy(
              refusal -> {
                assertThat(refusal.at("/error/code").textValue()).isEqualTo("overloaded");
                assertThat(refusal.at("/error/retryable").booleanValue()).isTrue();
                assertThat(refusal.at("/error/retryAfterMs").longValue())
                    .isBetween(1L, HelloGate.LONGEST.toMillis());
              });
      for (TestClient client : clients) {
        if (refusal(client).isPresent()) {
          assertThat(client.closed(Duration.ofSeconds(5))).isEqualTo(1013);
        }
        client.close();
      }
      assertThat(server.metric("magpie_hellos_total{outcome=\"refused\""))
          .isEqualTo(refusals.size());
      try (TestClient again = TestClient.connect(server)) {
        again.resume(user, epoch, Map.of());
      }
    }
  }

  @Test
  void forged_tokens_take_nobodys_place() {
    try (TestServer server = TestServer.start("HELLOS_PER_SECOND", "1", "HELLOS_BURST", "2")) {
      TestUser user = server.user("伟");
      for (int i = 0; i < 30; i++) {
        try (TestClient client = TestClient.connect(server)) {
          client.text("{\"type\":\"hello\",\"token\":\"%s\"}".formatted(user.token() + "x"));
          assertThat(client.closed(Duration.ofSeconds(5))).isEqualTo(4401);
        }
      }
      assertThat(server.client(user).ended()).isFalse();
    }
  }
}
