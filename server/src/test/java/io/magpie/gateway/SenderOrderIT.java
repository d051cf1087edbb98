package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sends of one connection to one conversation are numbered in the order in which they came. */
class SenderOrderIT {

  @Test
  void two_hundred_pipelined_sends_keep_their_order() {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID group = server.group(wei, na);
      try (TestClient sender = server.client(wei);
          TestClient reader = server.client(na)) {
        List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          replies.add(sender.say(group, UUID.randomUUID(), "message " + i));
        }
        long before = 0;
        for (CompletableFuture<JsonNode> reply : replies) {
          long seq = sender.get(reply).at("/result/seq").longValue();
          assertThat(seq).isGreaterThan(before);
          before = seq;
        }
        reader.event(group, before);
        List<String> texts =
            reader.events(group).stream()
                .map(event -> event.at("/data/body/text").textValue())
                .toList();
        assertThat(texts).hasSize(200);
        for (int i = 0; i < 200; i++) {
          assertThat(texts.get(i)).isEqualTo("message " + i);
        }
      }
    }
  }
}
