package io.magpie.security;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** S-D14: what is asked of one node counts on the other. */
class RatesAcrossNodesClusterIT {
  /** Slower than one connection may ask, and than a user may ask of one node. */
  private static final long PACE = Duration.ofMillis(150).toNanos();

  @Test
  void S_D14_who_floods_one_node_is_refused_by_the_other_soon() {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("rates_across_nodes");
    String[] limits = {"FRAMES_PER_SECOND", "10", "FRAMES_BURST", "10"};
    try (TestServer one = TestServer.on(endpoints, limits);
        TestServer two = TestServer.on(endpoints, limits)) {
      TestUser flood = one.user("洪");
      List<TestClient> floods = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        floods.add(one.client(flood));
      }
      AtomicLong asked = new AtomicLong();
      try (TestClient there = two.client(flood)) {
        Deadline.await(
            "refused where nobody floods",
            Duration.ofSeconds(30),
            () -> {
              floods.forEach(client -> client.start("profile.get", Json.object()));
              long now = System.nanoTime();
              if (now - asked.get() < PACE) {
                return false;
              }
              asked.set(now);
              JsonNode reply = there.reply("profile.get", Json.object());
              return reply.at("/error/code").asText().equals("rate_limited");
            });
      }
      floods.forEach(TestClient::close);
    }
  }
}
