package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who does not read is closed with 4408 and catches up later; the others do not notice. */
class SlowConsumerIT {

  @Test
  void a_client_that_does_not_read_is_closed_and_finds_everything_after_its_return() {
    try (TestServer server =
        TestServer.start("OUTBOUND_BYTES", "128KiB", "OUTBOUND_PATIENCE", "3s")) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      TestUser fang = server.user("芳");
      UUID group = server.group(wei, na, fang);
      RawSocket stuck = RawSocket.withSmallBuffer(server.port());
      stuck.send(RawSocket.upgradeRequest(server.port(), ""));
      stuck.status();
      stuck.text(Json.object().put("type", "hello").put("token", na.token()).toString());
      Deadline.await("the slow one is in", () -> server.metric("magpie_connections") == 1);
      try (TestClient sender = server.client(wei);
          TestClient reader = server.client(fang)) {
        String text = "界".repeat(5_000);
        long head = 1;
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (server.metric("magpie_connections_closed_total{code=\"4408\"}") == 0) {
          assertThat(System.nanoTime()).isLessThan(end);
          for (int i = 0; i < 20; i++) {
            head = sender.say(group, text);
          }
        }
        reader.event(group, head);
        assertThat(reader.seqs(group)).isEqualTo(LongStream.rangeClosed(2, head).boxed().toList());
        assertThat(sender.ended()).isFalse();
        Deadline.await(
            "its bytes are given back", () -> server.metric("magpie_outbound_bytes") == 0);
        stuck.close();
        catchesUp(server, na, group, head);
      }
    }
  }

  private static void catchesUp(TestServer server, TestUser na, UUID group, long head) {
    try (TestClient back = TestClient.connect(server)) {
      UUID epoch = UUID.fromString(server.sql("select epoch from installation"));
      back.resume(na, epoch, Map.of(group, 1L));
      long cursor = 1;
      long pushedAfter = back.stream(group).get("after").longValue();
      while (cursor < pushedAfter) {
        cursor =
            back.ask("stream.events", "{'stream':'%s','after':%d}".formatted(group, cursor))
                .get("upTo")
                .longValue();
      }
      if (cursor < head) {
        back.event(group, head);
      }
    }
  }
}
