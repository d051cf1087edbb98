package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** I11: every cursor there can be is followed by exactly what comes after it, or by a word. */
class ResumeAnywhereIT {
  private static final int EVENTS = 24;
  private static final long FIRST = 9;

  @Test
  void I11_each_cursor_gives_its_suffix_or_a_resync() {
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      UUID epoch;
      long head = 0;
      try (TestClient client = server.client(wei)) {
        epoch = client.epoch();
        while (head < EVENTS) {
          head = client.say(group, "message " + head);
        }
      }
      server.execute("update stream set first = " + FIRST + " where id = '" + group + "'");
      for (long cursor = 0; cursor <= head + 3; cursor++) {
        String expected = cursor > head ? "ahead" : cursor < FIRST - 1 ? "retention" : "";
        resume(server, wei, group, epoch, cursor, head, expected);
        resume(server, wei, group, UUID.randomUUID(), cursor, head, "epoch");
      }
    }
  }

  private static void resume(
      TestServer server,
      TestUser user,
      UUID group,
      UUID epoch,
      long cursor,
      long head,
      String expected) {
    try (TestClient client = TestClient.connect(server)) {
      client.resume(user, epoch, Map.of(group, cursor));
      List<Long> suffix = LongStream.rangeClosed(cursor + 1, head).boxed().toList();
      if (expected.isEmpty() && !suffix.isEmpty()) {
        client.event(group, head);
      }
      client.ask("profile.get", "{}"); // whatever hello brings has come before its answer
      assertThat(resync(client, group))
          .as("cursor %d of %d", cursor, head)
          .isEqualTo(Optional.of(expected).filter(reason -> !reason.isEmpty()));
      assertThat(client.seqs(group))
          .as("after cursor %d of %d", cursor, head)
          .isEqualTo(expected.isEmpty() ? suffix : List.of());
      if (!expected.isEmpty()) {
        assertThat(pulled(client, group, FIRST - 1))
            .isEqualTo(LongStream.rangeClosed(FIRST, head).boxed().toList());
      }
    }
  }

  private static Optional<String> resync(TestClient client, UUID group) {
    return client.frames().stream()
        .filter(frame -> TestClient.type(frame).equals("resync_required"))
        .filter(frame -> frame.get("stream").textValue().equals(group.toString()))
        .map(frame -> frame.get("reason").textValue())
        .findFirst();
  }

  private static List<Long> pulled(TestClient client, UUID group, long after) {
    JsonNode page =
        client.ask("stream.events", "{'stream':'%s','after':%d}".formatted(group, after));
    List<Long> seqs = new ArrayList<>();
    page.get("events").forEach(event -> seqs.add(event.get("seq").longValue()));
    return seqs;
  }
}
