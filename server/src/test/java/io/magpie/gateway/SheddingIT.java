package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A node that has more to write than it can says so before it reads. One connection may have as
 * many requests open ({@link Dispatcher#MAX_OPEN}) as fill a lane whose transactions take long.
 */
class SheddingIT {
  private static final String SHED = "magpie_requests_shed_total{op=\"message.send\"}";
  private static final String READ = "magpie_requests_total{op=\"message.send\"}";

  @Test
  void sends_without_room_are_refused_unread_and_what_had_room_is_stored() throws Exception {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID group = server.group(wei, na);
      try (TestClient many = server.client(wei);
          TestClient late = server.client(na)) {
        slowly(server, group, many);
        slowly(server, group, many);
        List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
        try (Connection other = held(server, group)) {
          for (int i = 0; i < Dispatcher.MAX_OPEN; i++) {
            waiting.add(many.say(group, UUID.randomUUID(), "message " + i));
          }
          Deadline.await(
              "all of them wait",
              Duration.ofSeconds(2),
              () -> server.metric(READ) == 2 + Dispatcher.MAX_OPEN);
          assertThat(refusal(late, group)).isEqualTo("overloaded");
          JsonNode unread = late.get(late.startText("message.send", beginning(group) + "1.5e"));
          assertThat(unread.at("/error/code").textValue()).isEqualTo("overloaded");
          assertThat(unread.at("/error/retryAfterMs").longValue()).isEqualTo(1_000);
          assertThat(server.metric(SHED)).isEqualTo(2);
          elseReads(server, late, group);
          tooManyOpen(many, group);
          other.rollback();
        }
        for (CompletableFuture<JsonNode> send : waiting) {
          assertThat(many.get(send).get("ok").booleanValue()).isTrue();
        }
        Deadline.await("there is room", () -> refusal(late, group).equals("done"));
        late.startText("message.send", beginning(group) + "1.5e");
        late.await("it is read again", frame -> TestClient.type(frame).equals("error"));
      }
    }
  }

  /** What is written in another way is refused as well, and the rest is served. */
  private static void elseReads(TestServer server, TestClient late, UUID group) {
    late.reply("profile.get", Json.object());
    JsonNode other = late.get(late.startText("message.send", " " + send(group)));
    assertThat(other.at("/error/code").textValue()).isEqualTo("overloaded");
    assertThat(server.metric(SHED)).as("it was read").isEqualTo(2);
  }

  private static void tooManyOpen(TestClient many, UUID group) {
    JsonNode refused = many.get(many.say(group, UUID.randomUUID(), "one more than may be open"));
    assertThat(refused.at("/error/retryAfterMs").longValue()).isEqualTo(500);
    int open = Dispatcher.MAX_OPEN; // the first two of 258 have been answered
    many.text(
        "{\"type\":\"request\",\"id\":%d,\"op\":\"message.send\",\"params\":%s}"
            .formatted(open, send(group)));
    JsonNode same = many.await("its id is open", frame -> TestClient.type(frame).equals("error"));
    assertThat(same.at("/error/code").textValue()).isEqualTo("bad_frame");
  }

  private static String send(UUID group) {
    return beginning(group)
        + "\"clientId\":\"%s\",\"body\":{\"type\":\"text\",\"text\":\"x\"}}"
            .formatted(UUID.randomUUID());
  }

  private static String beginning(UUID group) {
    return "{\"conversation\":\"" + group + "\",";
  }

  /** Not in order to be stored: each try has an id of its own. */
  private static String refusal(TestClient client, UUID group) {
    JsonNode reply = client.get(client.say(group, UUID.randomUUID(), "one more"));
    return reply.get("ok").booleanValue() ? "done" : reply.at("/error/code").textValue();
  }

  /** The node learns that a transaction takes most of the patience. */
  private static void slowly(TestServer server, UUID group, TestClient sender) throws Exception {
    CompletableFuture<JsonNode> slow;
    try (Connection other = held(server, group)) {
      slow = sender.say(group, UUID.randomUUID(), "slow");
      long until = System.nanoTime() + Duration.ofMillis(1_600).toNanos();
      Deadline.await("it takes long", () -> System.nanoTime() - until > 0);
      other.rollback();
    }
    assertThat(sender.get(slow).get("ok").booleanValue()).isTrue();
  }

  /** The row that numbers of this stream come from is locked until the end of this connection. */
  private static Connection held(TestServer server, UUID group) throws SQLException {
    Connection connection = Jdbc.connect(server.endpoints().postgresOwnerUri());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select from stream where id = '" + group + "' for update");
    }
    return connection;
  }
}
