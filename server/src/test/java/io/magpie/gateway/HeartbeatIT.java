package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Heartbeats tell what was pushed, and silence ends a connection. */
class HeartbeatIT {

  @Test
  void count_and_hash_are_those_that_a_client_computes() {
    try (TestServer server = TestServer.start("HEARTBEAT", "1s")) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID one = server.group(wei, na);
      UUID two = server.group(na, wei);
      try (TestClient client = server.client(na);
          TestClient other = server.client(wei)) {
        Map<String, Long> cursors = new HashMap<>();
        client
            .welcome()
            .get("streams")
            .forEach(s -> cursors.put(s.get("stream").textValue(), s.get("after").longValue()));
        long head = other.say(one, "hello");
        client.event(one, head);
        cursors.put(one.toString(), head);
        JsonNode beat =
            client.await(
                "heartbeat after the message",
                f -> TestClient.type(f).equals("heartbeat") && f.get("heads").has(one.toString()));
        assertThat(beat.get("heads").get(one.toString()).longValue()).isEqualTo(head);
        assertThat(beat.get("heads").has(two.toString())).isFalse();
        assertThat(beat.get("count").intValue()).isEqualTo(cursors.size());
        assertThat(beat.get("hash").longValue()).isEqualTo(hash(cursors));
      }
    }
  }

  /** As docs/protocol.md describes it, written a second time. */
  private static long hash(Map<String, Long> cursors) {
    int hash = 0;
    for (Map.Entry<String, Long> cursor : cursors.entrySet()) {
      int fnv = 0x811c9dc5;
      String text = cursor.getKey() + ":" + cursor.getValue();
      for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
        fnv = (fnv ^ b) * 16_777_619;
      }
      hash ^= fnv;
    }
    return Integer.toUnsignedLong(hash);
  }

  @Test
  void a_client_that_is_silent_is_closed_and_one_that_answers_is_not() {
    try (TestServer server = TestServer.start("HEARTBEAT", "1s", "READ_IDLE", "4s")) {
      TestUser wei = server.user("伟");
      try (TestClient silent =
              TestClient.connect(server).withoutHeartbeats().hello(server.user("默"));
          TestClient good = server.client(wei)) {
        assertThat(silent.closed(Duration.ofSeconds(15))).isEqualTo(4408);
        JsonNode error = silent.await("reason", f -> TestClient.type(f).equals("error"));
        assertThat(error.at("/error/code").textValue()).isEqualTo("idle_timeout");
        assertThat(good.ask("profile.get", "{}")).isNotNull();
      }
    }
  }
}
