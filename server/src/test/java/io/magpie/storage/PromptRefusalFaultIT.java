package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * I13 with the settings that a server has by itself: while PostgreSQL says nothing, whoever sends
 * has an answer or a close within three seconds, and sending again has one effect.
 */
class PromptRefusalFaultIT {
  private static final Duration PROMISED = Duration.ofSeconds(3);

  @Test
  void whoever_sends_into_a_silent_link_is_refused_within_three_seconds() throws Exception {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server = TestServer.on(database.endpoints())) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      try (TestClient client = server.client(wei)) {
        long seq = client.say(group, "before");
        database.proxy().swallow();
        // More than the pool has connections: the later ones wait for what the first ones keep.
        for (int round = 0; round < 6; round++) {
          long begun = System.nanoTime();
          List<CompletableFuture<JsonNode>> all = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            all.add(client.say(group, UUID.randomUUID(), "into the void"));
          }
          all.add(
              client.startText(
                  "message.edit",
                  """
                  {"conversation": "%s", "seq": %d, "text": "after"}
                  """
                      .formatted(group, seq)));
          all.add(
              client.startText(
                  "message.forward",
                  """
                  {"from": "%1$s", "seqs": [%2$d], "to": "%1$s", "clientId": "%3$s"}
                  """
                      .formatted(group, seq, UUID.randomUUID())));
          for (CompletableFuture<JsonNode> reply : all) {
            refusedInTime(begun, reply);
          }
        }
        assertThat(client.ended()).isFalse();
      } finally {
        database.proxy().up();
      }
      assertThat(sent(database, group)).isEqualTo("1");
    }
  }

  @Test
  void so_is_who_sends_over_http_with_a_session_that_nobody_remembers() throws Exception {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server = TestServer.on(database.endpoints())) {
      TestUser wei = server.user("伟");
      TestUser phone = server.again(wei, "phone");
      UUID group = server.group(wei);
      database.proxy().swallow();
      long begun = System.nanoTime();
      TestHttp.Answer answer =
          server
              .http()
              .post(
                  phone,
                  "/conversations/" + group + "/messages",
                  "{'clientId':'" + UUID.randomUUID() + "','body':{'type':'text','text':'马'}}");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
      assertThat(answer.status()).isIn(503, 504);
      database.proxy().up();
    }
  }

  @Test
  void what_was_under_way_when_the_link_fell_silent_is_there_once_after_sending_it_again() {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server = TestServer.on(database.endpoints())) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      List<UUID> ids = Stream.generate(UUID::randomUUID).limit(200).toList();
      List<CompletableFuture<JsonNode>> tries = new ArrayList<>();
      try (TestClient client = server.client(wei)) {
        client.say(group, "before");
        for (UUID id : ids) {
          tries.add(client.say(group, id, "message " + id));
          if (tries.size() == 100) {
            Deadline.await("the first is answered", () -> tries.get(0).isDone());
            database.proxy().swallow();
          }
        }
        long silent = System.nanoTime();
        Deadline.await(
            "every try is answered, or the connection is closed",
            PROMISED,
            () -> client.ended() || tries.stream().allMatch(CompletableFuture::isDone));
        assertThat(Duration.ofNanos(System.nanoTime() - silent)).isLessThan(PROMISED);
      } finally {
        database.proxy().up();
      }
      Deadline.await("hellos are taken again", Duration.ofSeconds(10), server::ready);
      try (TestClient client = server.client(wei)) {
        ids.forEach(id -> sendAgain(client, group, id));
      }
      assertThat(sent(database, group)).isEqualTo("201");
    }
  }

  private static void sendAgain(TestClient client, UUID group, UUID id) {
    Deadline.await(
        "it is taken",
        Duration.ofSeconds(20),
        () -> client.get(client.say(group, id, "message " + id)).get("ok").booleanValue());
  }

  private static void refusedInTime(long begun, CompletableFuture<JsonNode> reply)
      throws Exception {
    JsonNode refused = reply.get(10, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
    assertThat(refused.get("ok").booleanValue()).isFalse();
    assertThat(refused.at("/error/code").textValue()).isIn("timeout", "unavailable");
    assertThat(refused.at("/error/retryable").booleanValue()).isTrue();
  }

  private static String sent(ProxiedDatabase database, UUID group) {
    return database.sql(
        "select count(*) from event where kind = 'message.sent' and stream_id = '" + group + "'");
  }
}
