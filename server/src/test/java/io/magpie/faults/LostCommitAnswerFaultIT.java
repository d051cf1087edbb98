package io.magpie.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.ProxiedDatabase;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The connection to PostgreSQL ends after COMMIT was sent and before its answer came: nobody is
 * told yes or no, and a retry with the same id has one effect (traps.md, P4; invariants 1 and 4).
 */
class LostCommitAnswerFaultIT {

  @Test
  void retry_after_a_lost_commit_answer_returns_the_first_seq() {
    try (ProxiedDatabase database = new ProxiedDatabase();
        TestServer server = TestServer.on(database.endpoints())) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID group = server.group(wei, na);
      UUID clientId = UUID.randomUUID();
      UUID epoch;
      try (TestClient client = server.client(wei);
          TestClient reader = server.client(na)) {
        epoch = client.epoch();
        client.say(group, "before");
        database.proxy().cutAnswerTo("commit");
        CompletableFuture<JsonNode> reply = client.say(group, clientId, "perhaps stored");
        assertThat(client.closed(Duration.ofSeconds(15))).isEqualTo(1011);
        assertThat(reply).as("neither acked nor refused").isCompletedExceptionally();
        assertThat(database.proxy().cuts()).isEqualTo(1);
        assertThat(
                database.sql(
                    "select count(*) from event where kind = 'message.sent' and stream_id = '"
                        + group
                        + "'"))
            .isEqualTo("2");
        reader.event(group, 3);
        assertThat(reader.seqs(group)).containsExactly(2L, 3L);
      }
      try (TestClient again = TestClient.connect(server)) {
        again.resume(wei, epoch, Map.of(group, 2L));
        JsonNode result = again.get(again.say(group, clientId, "perhaps stored")).get("result");
        assertThat(result.get("seq").longValue()).isEqualTo(3);
        assertThat(result.get("duplicate").booleanValue()).isTrue();
        assertThat(database.sql("select head from stream where id = '" + group + "'"))
            .isEqualTo("3");
      }
    }
  }
}
