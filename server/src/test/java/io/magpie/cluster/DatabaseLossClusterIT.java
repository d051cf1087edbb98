package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F23: who has lost the database while others have it sends its clients there. */
class DatabaseLossClusterIT {
  private ProxiedDatabase database;
  private TestServer with;
  private TestServer without;

  @BeforeEach
  void start() {
    database = new ProxiedDatabase();
    with = TestServer.on(database.direct());
    without = TestServer.on(database.endpoints());
  }

  @AfterEach
  void stop() {
    database.proxy().up();
    without.close();
    with.close();
    database.close();
  }

  private static JsonNode goAway(TestClient client) {
    return client.await("go_away", frame -> TestClient.type(frame).equals("go_away"));
  }

  private static void notReadyWithin(TestServer server, Duration time) {
    Deadline.await("not ready", time, () -> !server.ready());
  }

  @Test
  void its_clients_are_on_another_node_within_three_seconds_and_may_come_back_later() {
    TestUser wei = with.user("伟");
    List<TestUser> people = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      people.add(with.user("人"));
    }
    UUID group = with.group(wei, people.toArray(TestUser[]::new));
    List<TestClient> clients = people.stream().map(without::client).toList();
    try (TestClient sender = with.client(wei)) {
      long first = sender.say(group, "before");
      clients.forEach(client -> client.event(group, first));
      UUID epoch = clients.get(0).epoch();

      database.proxy().down();
      notReadyWithin(without, Duration.ofSeconds(3));
      long lost = System.nanoTime();
      long missed = sender.say(group, "meanwhile");
      for (TestClient client : clients) {
        JsonNode told = goAway(client);
        assertThat(told.get("reason").textValue()).isEqualTo("unavailable");
        assertThat(told.get("retryAfterMs").longValue()).isBetween(0L, 1_000L);
        assertThat(client.closed(Duration.ofSeconds(2))).isEqualTo(1012);
      }
      for (TestUser user : people) {
        TestClient moved = TestClient.connect(with);
        moved.resume(user, epoch, Map.of(group, first));
        moved.event(group, missed);
        moved.close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(Duration.ofSeconds(3));
      assertThat(sender.ended()).as("who was on the other node").isFalse();

      TestClient early = TestClient.connect(without);
      early.text("{\"type\":\"hello\",\"token\":\"" + people.get(0).token() + "\"}");
      JsonNode refused = early.await("error", frame -> TestClient.type(frame).equals("error"));
      assertThat(refused.at("/error/code").textValue()).isEqualTo("unavailable");
      assertThat(refused.at("/error/retryAfterMs").longValue()).isBetween(1_000L, 3_000L);
      assertThat(early.closed(Duration.ofSeconds(2))).isEqualTo(1013);

      database.proxy().up();
      Deadline.await("ready again", Duration.ofSeconds(10), () -> without.ready());
      assertThat(without.metric("magpie_postgres_lost")).isZero();
      try (TestClient back = without.client(people.get(0))) {
        long last = sender.say(group, "afterwards");
        back.event(group, last);
      }
    }
  }

  @Test
  void a_link_that_swallows_everything_is_noticed_as_well() {
    TestUser wei = with.user("伟");
    try (TestClient client = without.client(wei)) {
      database.proxy().swallow();
      notReadyWithin(without, Duration.ofSeconds(3));
      long lost = System.nanoTime();
      goAway(client);
      assertThat(client.closed(Duration.ofSeconds(3))).isEqualTo(1012);
      assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void a_database_that_is_down_for_all_moves_nobody() {
    with.close();
    with = TestServer.on(database.endpoints());
    TestUser wei = with.user("伟");
    TestUser na = with.user("娜");
    UUID group = with.group(wei, na);
    try (TestClient here = with.client(wei);
        TestClient there = without.client(na)) {
      long before = here.say(group, "before");
      there.event(group, before);
      database.proxy().down();
      notReadyWithin(with, Duration.ofSeconds(3));
      notReadyWithin(without, Duration.ofSeconds(3));
      long lost = System.nanoTime();
      Deadline.await(
          "long enough for anybody to be moved",
          Duration.ofSeconds(10),
          () -> System.nanoTime() - lost > Duration.ofSeconds(5).toNanos());
      assertThat(here.ended() || there.ended()).isFalse();
      database.proxy().up();
      Deadline.await("ready again", Duration.ofSeconds(10), () -> with.ready() && without.ready());
      long after = here.say(group, "after");
      there.event(group, after);
      assertThat(here.ended() || there.ended()).isFalse();
      assertThat(there.seqs(group)).containsExactly(before, after);
    }
  }
}
