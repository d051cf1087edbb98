package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A device that was handed on: its client resumes on another node with another user's cursors. */
class ForeignCursorsIT {

  @Test
  void the_list_of_streams_says_what_is_mine_and_nothing_of_the_other_comes() {
    try (TestServer first = TestServer.start();
        TestServer second = TestServer.on(first.endpoints())) {
      TestUser wei = first.user("伟");
      TestUser na = first.user("娜");
      TestUser lei = first.user("雷");
      UUID theirs = first.group(wei, na);
      UUID shared = first.group(wei, lei);
      try (TestClient client = first.client(wei)) {
        client.say(theirs, "not for Lei");
        client.say(shared, "for Lei");
        try (TestClient stranger = TestClient.connect(second)) {
          stranger.resume(
              lei, client.epoch(), Map.of(theirs, 1L, wei.id(), 0L, na.id(), 0L, shared, 1L));
          Set<UUID> mine = new HashSet<>();
          for (JsonNode state : stranger.welcome().get("streams")) {
            mine.add(UUID.fromString(state.get("stream").textValue()));
          }
          assertThat(mine).containsExactlyInAnyOrder(lei.id(), shared);
          assertThat(stranger.welcome().get("more").booleanValue()).isFalse();
          stranger.event(shared, 2);
          client.say(theirs, "again not for Lei");
          long last = client.say(shared, "again for Lei");
          stranger.event(shared, last);
          assertThat(stranger.events(theirs)).isEmpty();
          assertThat(stranger.events(wei.id())).isEmpty();
          assertThat(stranger.events(na.id())).isEmpty();
          assertThat(
                  stranger.refusal("stream.events", "{'stream':'%s','after':0}".formatted(theirs)))
              .isEqualTo("not_found");
          assertThat(stranger.frames())
              .noneMatch(frame -> TestClient.type(frame).equals("resync_required"));
        }
      }
    }
  }
}
