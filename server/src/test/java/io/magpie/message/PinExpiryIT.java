package io.magpie.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.Jdbc;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pins that end by themselves. */
class PinExpiryIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static ChatForTests chat;
  private static UUID owner;
  private static UUID member;
  private UUID group;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("pin_expiry");
    owner = chat.person("wei");
    member = chat.person("na");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @BeforeEach
  void makeGroup() {
    group = chat.group(owner, member);
    chat.clock.reset();
  }

  @Test
  void a_pin_whose_time_is_over_ends_with_one_event_of_who_had_pinned_it() {
    long seq = chat.send(member, group, "until soon");
    long pinned = pin(seq, ",'until':'" + Instant.now().plusMillis(700) + "'");
    assertThat(jobs()).isEqualTo("1");
    assertThat(get(seq).has("pin")).isTrue();
    Event ended = ended(pinned);
    assertThat(ended.kind()).isEqualTo("message.unpinned");
    assertThat(ended.actor()).isEqualTo(owner);
    assertThat(Json.readOwn(ended.data()).toString())
        .isEqualTo("{\"message\":%d,\"reason\":\"expired\"}".formatted(seq));
    assertThat(get(seq).has("pin")).isFalse();
    assertThat(jobs()).isEqualTo("0");
  }

  @Test
  void moving_the_end_moves_the_job_and_a_pin_for_ever_has_none() {
    long seq = chat.send(member, group, "x");
    pin(seq, ",'until':'" + Instant.now().plusSeconds(2) + "'");
    long later = pin(seq, ",'until':'2100-01-01T00:00:00Z'");
    assertThat(jobs()).isEqualTo("1");
    assertThat(
            chat.sql(
                "select min(extract(year from due_at)) from job where key = '" + key(seq) + "'"))
        .isEqualTo("2100");
    long other = chat.send(member, group, "y");
    ended(pin(other, ",'until':'" + Instant.now().plusMillis(2500) + "'"));
    assertThat(chat.events(member, group, later).stream().map(Event::kind))
        .containsExactly("message.sent", "message.pinned", "message.unpinned");
    pin(seq, "");
    assertThat(jobs()).isEqualTo("0");
    assertThat(get(seq).at("/pin/until").isMissingNode()).isTrue();
  }

  @Test
  void unpinning_and_recalling_cancel_the_job() {
    for (String op : List.of("message.unpin", "message.recall")) {
      long seq = chat.send(owner, group, "x");
      pin(seq, ",'until':'2100-01-01T00:00:00Z'");
      assertThat(jobs()).isEqualTo("1");
      chat.ask(owner, op, target(seq, ""));
      assertThat(jobs()).isEqualTo("0");
    }
  }

  @Test
  void a_nodes_clock_an_hour_off_changes_nothing() {
    for (Duration off : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      chat.clock.reset();
      chat.clock.advance(off);
      long seq = chat.send(member, group, "x");
      long until = chat.send(member, group, "y");
      long pinned = pin(until, ",'until':'2100-01-01T00:00:00Z'");
      long soon = pin(seq, ",'until':'" + Instant.now().plusMillis(700) + "'");
      assertThat(soon).isEqualTo(pinned + 1);
      Instant end = Instant.parse(get(seq).at("/pin/until").textValue());
      assertThat(ended(soon).at()).isAfterOrEqualTo(end);
      assertThat(get(until).has("pin")).isTrue();
      assertThat(
              chat.outcome(
                  owner,
                  "message.pin",
                  target(seq, ",'until':'" + Instant.now().minusSeconds(5) + "'")))
          .isEqualTo("invalid_field");
    }
  }

  @Test
  void pins_of_older_versions_are_found_and_moved_ends_are_waited_for() {
    long lost = chat.send(member, group, "pinned by an old node, long over");
    long moved = chat.send(member, group, "moved by an old node");
    pin(lost, ",'until':'2100-01-01T00:00:00Z'");
    long last = pin(moved, ",'until':'2100-01-01T00:00:00Z'");
    owner("delete from job where key = '" + key(lost) + "'");
    owner(
        "update message_state set pin_until = now() - interval '1 hour' where stream_id = '"
            + group
            + "' and seq = "
            + lost);
    owner("update job set due_at = now(), take_at = now() where key = '" + key(moved) + "'");
    owner("update job set take_at = now() where kind = 'pin.search'");
    assertThat(Json.readOwn(ended(last).data()).get("message").longValue()).isEqualTo(lost);
    Deadline.await(
        "put off",
        LONG,
        () ->
            chat.sql("select extract(year from take_at) from job where key = '" + key(moved) + "'")
                .equals("2100"));
    assertThat(get(moved).has("pin")).isTrue();
    assertThat(get(lost).has("pin")).isFalse();
  }

  /** The one event behind that number. */
  private Event ended(long after) {
    Deadline.await("the pin's end", LONG, () -> !chat.events(member, group, after).isEmpty());
    List<Event> events = chat.events(member, group, after);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private long pin(long seq, String more) {
    return chat.ask(owner, "message.pin", target(seq, more)).get("seq").longValue();
  }

  private String jobs() {
    return chat.sql("select count(*) from job where key like '" + group + "%'");
  }

  private String key(long seq) {
    return group + ":" + seq;
  }

  private JsonNode get(long seq) {
    return chat.ask(member, "message.get", target(seq, ""));
  }

  private String target(long seq, String more) {
    return "{'conversation':'%s','seq':%d%s}".formatted(group, seq, more);
  }

  private static void owner(String statement) {
    try {
      Jdbc.execute(chat.endpoints.postgresOwnerUri(), statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
