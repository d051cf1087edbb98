package io.magpie.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes and comes back: refusals that may be retried, then all is well, no restart. */
class DatabaseAwayFaultIT {

  @Test
  void sends_are_refused_soon_while_it_is_down_and_work_again_by_themselves() {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server = TestServer.on(database.endpoints())) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      try (TestClient client = server.client(wei)) {
        client.say(group, "before");
        database.proxy().down();
        UUID clientId = UUID.randomUUID();
        long begun = System.nanoTime();
        JsonNode refused = client.get(client.say(group, clientId, "meanwhile"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(refused.at("/error/code").textValue()).isIn("unavailable", "timeout");
        assertThat(refused.at("/error/retryable").booleanValue()).isTrue();
        assertReady(server, 503);
        database.proxy().up();
        Deadline.await(
            "sends work again",
            Duration.ofSeconds(15),
            () -> client.get(client.say(group, clientId, "meanwhile")).get("ok").booleanValue());
        assertReady(server, 200);
        assertThat(client.ended()).isFalse();
        assertThat(client.seqs(group)).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void a_link_that_swallows_everything_is_noticed_by_deadlines() {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server = TestServer.on(database.endpoints())) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      try (TestClient client = server.client(wei)) {
        client.say(group, "before");
        database.proxy().swallow();
        UUID clientId = UUID.randomUUID();
        JsonNode refused = client.get(client.say(group, clientId, "into the void"));
        assertThat(refused.at("/error/retryable").booleanValue()).isTrue();
        database.proxy().up();
        Deadline.await(
            "sends work again",
            Duration.ofSeconds(20),
            () ->
                client.get(client.say(group, clientId, "into the void")).get("ok").booleanValue());
        assertThat(
                database.sql(
                    "select count(*) from event where kind = 'message.sent' and stream_id = '"
                        + group
                        + "'"))
            .isEqualTo("2");
      }
    }
  }

  /** I13: nobody waits for the deadlines of those before them and then for their own. */
  @Test
  void who_waits_behind_what_a_silent_link_swallowed_is_refused_with_it() {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server =
            TestServer.on(
                database.endpoints(),
                "POSTGRES_STATEMENT_TIMEOUT",
                "1s",
                "POSTGRES_CONNECT_TIMEOUT",
                "1s")) {
      TestUser wei = server.user("伟");
      TestUser fang = server.user("芳");
      UUID group = server.group(wei, fang);
      try (TestClient first = server.client(wei);
          TestClient next = server.client(fang)) {
        first.say(group, "before");
        database.proxy().swallow();
        CompletableFuture<JsonNode> before = first.say(group, UUID.randomUUID(), "one");
        Deadline.await(
            "it is on its way",
            Duration.ofSeconds(1),
            () -> database.proxy().counts().swallowed() > 0);
        long begun = System.nanoTime();
        JsonNode refused = next.get(next.say(group, UUID.randomUUID(), "two"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(refused.at("/error/code").textValue()).isEqualTo("unavailable");
        assertThat(first.get(before).at("/error/code").textValue()).isEqualTo("timeout");
        database.proxy().up();
      }
    }
  }

  private static void assertReady(TestServer server, int status) {
    Deadline.await(
        "readiness is " + status,
        Duration.ofSeconds(10),
        () ->
            server.http().exchange(server.http().request("/health/ready").build()).statusCode()
                == status);
    assertThat(server.http().exchange(server.http().request("/health/live").build()).statusCode())
        .isEqualTo(200);
  }
}
