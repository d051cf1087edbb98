package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.RawFrame;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Somebody who says goodbye while something waits for them disturbs nobody on their event loop. */
class GoodbyeIT {
  private static final int ROUNDS = 60;

  @Test
  void deliveries_go_on_while_others_say_goodbye_with_an_answer_on_its_way() {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID group = server.group(wei, na);
      try (TestClient sender = server.client(wei);
          TestClient reader = server.client(na);
          TestClient tab = server.client(na)) {
        List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
          TestClient leaver = server.client(na);
          replies.add(sender.say(group, UUID.randomUUID(), "message " + i));
          leaver.socket().trySend(mistakeAndGoodbye());
          replies.add(sender.say(group, UUID.randomUUID(), "and another one"));
        }
        for (CompletableFuture<JsonNode> reply : replies) {
          assertThat(sender.get(reply).get("ok").booleanValue()).isTrue();
        }
        for (TestClient stays : List.of(sender, reader, tab)) {
          stays.event(group, 1 + 2L * ROUNDS);
          assertThat(stays.seqs(group)).hasSize(2 * ROUNDS);
        }
      }
    }
  }

  /** In one packet, so that the answer to the first waits when the second is read. */
  private static byte[] mistakeAndGoodbye() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(RawSocket.frame(RawFrame.TEXT, true, "{}".getBytes(StandardCharsets.UTF_8)));
    bytes.writeBytes(RawSocket.frame(RawFrame.CLOSE, true, new byte[] {3, (byte) 0xe8}));
    return bytes.toByteArray();
  }
}
