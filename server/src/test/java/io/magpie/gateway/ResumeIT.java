package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** After a drop a client gets exactly what it missed, or is told that it cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeIT {
  private TestServer server;
  private TestUser wei;
  private TestUser na;
  private UUID group;

  @BeforeAll
  void start() {
    server = TestServer.start();
    wei = server.user("伟");
    na = server.user("娜");
    group = server.group(wei, na);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private long say(String text) {
    try (TestClient client = server.client(wei)) {
      return client.say(group, text);
    }
  }

  private UUID epoch() {
    return UUID.fromString(server.sql("select epoch from installation"));
  }

  private static Optional<JsonNode> resync(TestClient client) {
    return client.frames().stream()
        .filter(frame -> TestClient.type(frame).equals("resync_required"))
        .findFirst();
  }

  @Test
  void exactly_the_missed_events_come_and_then_the_live_ones() {
    long seen = say("seen");
    long last = seen;
    for (int i = 0; i < 5; i++) {
      last = say("missed " + i);
    }
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(group, seen));
      assertThat(client.stream(group).get("after").longValue()).isEqualTo(seen);
      client.event(group, last);
      long live = say("live");
      client.event(group, live);
      assertThat(client.seqs(group))
          .isEqualTo(LongStream.rangeClosed(seen + 1, live).boxed().toList());
      assertThat(resync(client)).isEmpty();
    }
  }

  @Test
  void without_a_cursor_only_live_events_come() {
    long before = say("before");
    try (TestClient client = server.client(na)) {
      assertThat(client.stream(group).get("after").longValue()).isEqualTo(before);
      long live = say("live");
      client.event(group, live);
      assertThat(client.seqs(group)).isEqualTo(List.of(live));
    }
  }

  @Test
  void a_cursor_of_another_epoch_must_resync() {
    long head = say("head");
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, UUID.randomUUID(), Map.of(group, head - 1));
      JsonNode frame = client.await("resync", f -> TestClient.type(f).equals("resync_required"));
      assertThat(frame.get("reason").textValue()).isEqualTo("epoch");
      assertThat(frame.get("head").longValue()).isEqualTo(head);
      long live = say("live");
      client.event(group, live);
      assertThat(client.seqs(group)).isEqualTo(List.of(live));
    }
  }

  @Test
  void a_cursor_ahead_of_the_stream_must_resync() {
    long head = say("head");
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(group, head + 10));
      JsonNode frame = client.await("resync", f -> TestClient.type(f).equals("resync_required"));
      assertThat(frame.get("reason").textValue()).isEqualTo("ahead");
      assertThat(client.stream(group).get("after").longValue()).isEqualTo(head);
    }
  }

  @Test
  void a_cursor_before_what_is_kept_must_resync_with_the_first_number_there_is() {
    UUID old = server.group(wei, na);
    long head;
    try (TestClient client = server.client(wei)) {
      client.say(old, "one");
      client.say(old, "two");
      head = client.say(old, "three");
    }
    server.execute("update stream set first = " + head + " where id = '" + old + "'");
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(old, 1L));
      JsonNode frame = client.await("resync", f -> TestClient.type(f).equals("resync_required"));
      assertThat(frame.get("reason").textValue()).isEqualTo("retention");
      assertThat(frame.get("first").longValue()).isEqualTo(head);
    }
  }

  @Test
  void more_than_a_hundred_missed_events_are_left_to_the_client() {
    UUID busy = server.group(wei, na);
    long head = 0;
    try (TestClient client = server.client(wei)) {
      for (int i = 0; i < 130; i++) {
        head = client.say(busy, "message " + i);
      }
    }
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(busy, 1L));
      assertThat(client.stream(busy).get("after").longValue()).isEqualTo(head);
      JsonNode page =
          client.ask("stream.events", "{'stream':'%s','after':1,'limit':200}".formatted(busy));
      assertThat(page.get("upTo").longValue()).isEqualTo(head);
      assertThat(page.get("events")).hasSize((int) head - 1);
      assertThat(client.seqs(busy)).isEmpty();
    }
  }

  @Test
  void large_missed_events_do_not_overflow_the_connection_that_resumes() {
    UUID heavy = server.group(wei, na);
    long head = 0;
    try (TestClient client = server.client(wei)) {
      for (int i = 0; i < 99; i++) {
        head = client.say(heavy, "界".repeat(7_900));
      }
    }
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(heavy, 1L));
      long cursor = client.stream(heavy).get("after").longValue();
      while (cursor < head) {
        client.event(heavy, cursor + 1);
        cursor++;
      }
      assertThat(client.ask("profile.get", "{}").get("user")).isNotNull();
    }
  }

  @Test
  void a_cursor_for_a_foreign_stream_is_ignored() {
    UUID foreign = server.group(wei);
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(foreign, 0L, UUID.randomUUID(), 5L));
      assertThat(client.welcome().get("streams").findValuesAsText("stream"))
          .doesNotContain(foreign.toString());
      try (TestClient other = server.client(wei)) {
        other.say(foreign, "secret");
      }
      long own = say("own");
      client.event(group, own);
      assertThat(client.seqs(foreign)).isEmpty();
    }
  }

  @Test
  void who_was_away_while_removed_and_added_again_gets_nothing_of_between() {
    UUID club = server.group(wei, na);
    long left;
    long between;
    long rejoined;
    try (TestClient client = server.client(wei)) {
      left =
          client
              .ask("member.remove", "{'conversation':'%s','user':'%s'}".formatted(club, na.id()))
              .get("seq")
              .longValue();
      between = client.say(club, "not for her");
      rejoined =
          client
              .ask("member.add", "{'conversation':'%s','users':['%s']}".formatted(club, na.id()))
              .get("seq")
              .longValue();
    }
    try (TestClient client = TestClient.connect(server)) {
      client.resume(na, epoch(), Map.of(club, 1L));
      client.event(club, rejoined);
      assertThat(client.seqs(club)).doesNotContain(between).contains(rejoined);
      JsonNode page = client.ask("stream.events", "{'stream':'%s','after':1}".formatted(club));
      assertThat(page.get("events").findValues("seq").stream().map(JsonNode::longValue))
          .contains(left, rejoined)
          .doesNotContain(between);
    }
  }

  @Test
  void many_streams_come_in_pages_before_any_event() {
    TestUser busy = server.user("忙");
    server.execute(
        """
        with made as (
          insert into stream (id, kind)
          select gen_random_uuid(), 1 from generate_series(1, 450) returning id)
        insert into stream_reader (stream_id, user_id, from_seq) select id, '%s', 1 from made
        """
            .formatted(busy.id()));
    try (TestClient client = server.client(busy)) {
      client.await(
          "last page", f -> TestClient.type(f).equals("streams") && !f.get("more").booleanValue());
      List<JsonNode> pages =
          client.frames().stream()
              .filter(f -> List.of("welcome", "streams").contains(TestClient.type(f)))
              .toList();
      assertThat(pages).hasSize(3);
      assertThat(pages.stream().mapToInt(p -> p.get("streams").size()).sum()).isEqualTo(451);
      assertThat(client.ask("stream.list", "{'limit':200}").get("next")).isNotNull();
    }
  }
}
