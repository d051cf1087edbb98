package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.Bystander;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** S-D14 on one node: who sends faster than allowed is told when to go on, others do not wait. */
class RatesIT {

  @Test
  void S_D14_frames_above_the_rate_are_refused_with_a_time_and_a_flood_is_closed() {
    try (TestServer server = TestServer.start("FRAMES_PER_SECOND", "50", "FRAMES_BURST", "60");
        Bystander bystander = new Bystander(server)) {
      TestUser flood = server.user("洪");
      var group = server.group(flood);
      try (TestClient client = server.client(flood)) {
        List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          replies.add(client.say(group, UUID.randomUUID(), "flood"));
        }
        List<JsonNode> refused =
            replies.stream()
                .map(client::get)
                .filter(reply -> !reply.get("ok").booleanValue())
                .map(reply -> reply.get("error"))
                .toList();
        assertThat(refused).hasSizeBetween(1, 40);
        assertThat(refused)
            .allSatisfy(
                error -> {
                  assertThat(error.get("code").textValue()).isEqualTo("rate_limited");
                  assertThat(error.get("retryAfterMs").longValue()).isBetween(1L, 1_000L);
                });
        for (int i = 0; i < 400; i++) {
          client.start("typing.start", Json.object().put("conversation", group.toString()));
        }
        assertThat(client.closed(Duration.ofSeconds(8))).isEqualTo(4429);
      }
      bystander.assertUndisturbed();
    }
  }

  @Test
  void S_D14_http_requests_above_the_rate_get_429_with_retry_after() {
    try (TestServer server = TestServer.start("FRAMES_PER_SECOND", "5", "FRAMES_BURST", "10")) {
      TestUser flood = server.user("洪");
      int limited = 0;
      for (int i = 0; i < 60; i++) {
        var answer = server.http().get(flood, "/me");
        if (answer.status() == 429) {
          limited++;
          assertThat(answer.code()).isEqualTo("rate_limited");
          assertThat(answer.response().headers().firstValue("retry-after")).isPresent();
        }
      }
      assertThat(limited).isPositive();
      assertThat(server.http().get(server.user("娜"), "/me").status()).isEqualTo(200);
    }
  }
}
