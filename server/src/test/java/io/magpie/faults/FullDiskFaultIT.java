package io.magpie.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL says that its disk is full (SQLSTATE 53100, raised by a trigger here): people are told
 * so, nothing is stored by halves, reading goes on, and with space again writing does too.
 */
class FullDiskFaultIT {
  private static final String FULL =
      """
      create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger full_disk before insert on event for each row execute function full_disk()
      """;

  @Test
  void a_full_disk_is_told_and_passes() {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      try (TestClient client = server.client(wei)) {
        client.say(group, "before");
        server.execute(FULL);
        Map<String, Long> before = server.state();
        UUID clientId = UUID.randomUUID();
        JsonNode refused = client.get(client.say(group, clientId, "no room"));
        assertThat(refused.at("/error/code").textValue()).isEqualTo("storage_full");
        assertThat(refused.at("/error/retryable").booleanValue()).isTrue();
        var answer =
            server.http().post(wei, "/conversations/" + group + "/messages", body(clientId));
        assertThat(answer.status()).isEqualTo(507);
        assertThat(server.state()).isEqualTo(before);
        assertThat(
                client
                    .ask("message.history", "{'conversation':'%s'}".formatted(group))
                    .get("items"))
            .hasSize(1);
        server.execute("drop trigger full_disk on event");
        JsonNode stored = client.get(client.say(group, clientId, "no room"));
        assertThat(stored.at("/result/seq").longValue()).isEqualTo(3);
        assertThat(client.ended()).isFalse();
      }
    }
  }

  private static String body(UUID clientId) {
    return "{'clientId':'%s','body':{'type':'text','text':'no room'}}".formatted(clientId);
  }
}
