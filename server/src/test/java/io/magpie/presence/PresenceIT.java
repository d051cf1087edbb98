package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How people are shown on one node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresenceIT {
  private final List<TestClient> clients = new ArrayList<>();
  private TestServer server;
  private TestUser wei;
  private TestUser na;
  private TestClient watcher;
  private Sight sight;

  @BeforeAll
  void start() {
    server = TestServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void people() {
    wei = server.user("伟");
    na = server.user("娜");
    watcher = client(wei);
    sight = new Sight(watcher);
  }

  @AfterEach
  void leave() {
    clients.forEach(TestClient::close);
    clients.clear();
  }

  private TestClient client(TestUser user) {
    TestClient client = server.client(user);
    clients.add(client);
    return client;
  }

  @Test
  void who_was_never_here_is_offline_and_comes_online() {
    JsonNode answer = sight.watch(na);
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).get("state").textValue()).isEqualTo("offline");
    assertThat(answer.get(0).has("lastSeenAt")).isFalse();
    client(na);
    assertThat(sight.await(na, "online").has("lastSeenAt")).isFalse();
  }

  @Test
  void metrics_count_watchers_and_pushes_without_naming_anybody() {
    double pushed = server.metric("magpie_presence_pushed_total");
    double told = server.metric("magpie_presence_told_total");
    sight.watch(na);
    client(na);
    sight.await(na, "online");
    assertThat(server.metric("magpie_presence_pushed_total")).isGreaterThan(pushed);
    assertThat(server.metric("magpie_presence_frames_total")).isPositive();
    assertThat(server.metric("magpie_presence_told_total")).isGreaterThan(told);
    Deadline.await(
        "it is measured",
        () ->
            server.metric("magpie_presence_watchers") >= 1
                && server.metric("magpie_presence_watched") >= 1
                && server.metric("magpie_presence_users") >= 2);
  }

  @Test
  void idle_on_all_devices_is_away_and_active_on_one_is_online() {
    sight.watch(na);
    TestClient laptop = client(na);
    TestClient phone = client(server.again(na, "phone"));
    sight.await(na, "online");
    laptop.ask("presence.activity", "{'active':false}");
    phone.ask("presence.activity", "{'active':false}");
    sight.await(na, "away");
    phone.ask("presence.activity", "{'active':true}");
    sight.await(na, "online");
    phone.close();
    sight.await(na, "away");
  }

  @Test
  void who_leaves_is_offline_with_the_time_and_a_reconnect_does_not_show() {
    sight.watch(na);
    TestClient first = client(na);
    sight.await(na, "online");
    first.close();
    TestClient second = client(na);
    second.ask("presence.activity", "{'active':false}");
    sight.await(na, "away");
    assertThat(sight.states(na)).containsExactly("offline", "online", "away");
    second.close();
    JsonNode offline = sight.await(na, "offline");
    assertThat(Instant.parse(offline.get("lastSeenAt").textValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void what_a_user_chose_stands_in_the_place_of_online_and_of_away() {
    TestClient device = client(na);
    sight.watch(na);
    sight.await(na, "online");
    for (String chosen : List.of("busy", "do_not_disturb", "away")) {
      device.ask("presence.set", "{'availability':'" + chosen + "'}");
      sight.await(na, chosen);
    }
    device.ask("presence.activity", "{'active':false}");
    device.ask("presence.set", "{'availability':'auto'}");
    sight.await(na, "away");
    device.ask("presence.set", "{'availability':'busy'}");
    sight.await(na, "busy");
    device.close();
    sight.await(na, "offline");
  }

  @Test
  void who_appears_offline_shows_nothing_and_leaves_no_later_trace() {
    TestClient device = client(na);
    sight.watch(na);
    sight.await(na, "online");
    device.ask("status.set", "{'emoji':'🌴','text':'on leave'}");
    sight.awaitStatus(na, "on leave");
    device.ask("presence.set", "{'availability':'offline'}");
    JsonNode hidden = sight.await(na, "offline");
    assertThat(hidden.has("status")).isFalse();
    assertThat(hidden.has("lastSeenAt")).isFalse();
    String left = seenAt(na);
    device.close();
    Deadline.await("the end is stored", Duration.ofSeconds(15), () -> liveState(na).equals("0"));
    assertThat(seenAt(na)).isEqualTo(left);
    server.http().send("PATCH", "/me/presence", na.token(), "{\"availability\":\"auto\"}").ok();
    sight.awaitStatus(na, "on leave");
    assertThat(sight.now(na).orElseThrow().has("lastSeenAt")).isTrue();
  }

  private String seenAt(TestUser user) {
    return server.sql("select seen_at from presence_seen where user_id = '" + user.id() + "'");
  }

  private String liveState(TestUser user) {
    return server.sql("select state from presence_live where user_id = '" + user.id() + "'");
  }

  @Test
  void last_seen_is_for_nobody_where_the_user_wants_it_so() {
    TestClient device = client(na);
    sight.watch(na);
    sight.await(na, "online");
    device.ask("presence.set", "{'lastSeen':'nobody'}");
    device.close();
    assertThat(sight.await(na, "offline").has("lastSeenAt")).isFalse();
    server.http().send("PATCH", "/me/presence", na.token(), "{\"lastSeen\":\"everybody\"}").ok();
    Deadline.await("it is told again", () -> sight.now(na).orElseThrow().has("lastSeenAt"));
  }

  @Test
  void own_devices_learn_of_every_choice_by_the_inbox() {
    TestClient laptop = client(na);
    TestClient phone = client(server.again(na, "phone"));
    laptop.ask("presence.set", "{'availability':'busy','lastSeen':'nobody'}");
    JsonNode written = laptop.ask("status.set", "{'text':'  writing  '}");
    JsonNode told = phone.event(na.id(), written.get("seq").longValue());
    assertThat(told.get("kind").textValue()).isEqualTo("presence.changed");
    assertThat(told.get("data")).isEqualTo(phone.ask("presence.settings", "{}"));
    assertThat(told.at("/data/status/text").textValue()).isEqualTo("writing");
    assertThat(told.at("/data/availability").textValue()).isEqualTo("busy");
    assertThat(told.at("/data/lastSeen").textValue()).isEqualTo("nobody");
    assertThat(laptop.ask("presence.set", "{'availability':'busy'}").get("seq"))
        .as("nothing changed, no event")
        .isEqualTo(written.get("seq"));
    long cleared = laptop.ask("status.clear", "{}").get("seq").longValue();
    assertThat(phone.event(na.id(), cleared).get("data").has("status")).isFalse();
  }

  @Test
  void a_status_ends_at_its_time_for_everybody_and_by_an_event() {
    TestClient device = client(na);
    sight.watch(na);
    Instant until = databaseTime().plusMillis(1_500);
    long set =
        device.ask("status.set", "{'text':'lunch','until':'" + until + "'}").get("seq").longValue();
    sight.awaitStatus(na, "lunch");
    sight.awaitStatus(na, "");
    assertThat(databaseTime()).isAfterOrEqualTo(until);
    assertThat(device.event(na.id(), set + 1).get("data").has("status")).isFalse();
  }

  @Test
  void a_status_that_is_over_is_not_shown_although_nobody_removed_it() {
    server.execute(
        "insert into presence_setting (user_id, status_text, status_until) values ('%s', 'late',"
                .formatted(na.id())
            + " now() - interval '1 ms')");
    assertThat(sight.watch(na).get(0).has("status")).isFalse();
    TestClient device = client(na);
    assertThat(device.ask("presence.settings", "{}").has("status")).isFalse();
    assertThat(
            server
                .http()
                .send("GET", "/users/" + na.id() + "/presence", wei.token(), null)
                .ok()
                .has("status"))
        .isFalse();
  }

  private Instant databaseTime() {
    return Instant.parse(
        server.sql(
            "select to_char(clock_timestamp() at time zone 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"));
  }

  @Test
  void refuses_bad_statuses() {
    TestClient device = client(na);
    assertThat(device.refusal("status.set", "{'text':''}")).isEqualTo("invalid_field");
    assertThat(device.refusal("status.set", "{'text':'   '}")).isEqualTo("invalid_field");
    assertThat(device.refusal("status.set", "{'text':'" + "长".repeat(81) + "'}"))
        .isEqualTo("text_too_long");
    assertThat(device.refusal("status.set", "{'text':'a','emoji':'ab cd'}"))
        .isEqualTo("invalid_field");
    assertThat(device.refusal("status.set", "{'text':'a','until':'2020-01-01T00:00:00Z'}"))
        .isEqualTo("invalid_field");
    assertThat(device.refusal("presence.set", "{}")).isEqualTo("missing_field");
    assertThat(device.refusal("presence.set", "{'availability':'gone'}"))
        .isEqualTo("invalid_field");
  }

  @Test
  void nothing_comes_after_unwatch_and_unknown_users_are_passed_over() {
    TestUser fang = server.user("芳");
    UUID nobody = UUID.randomUUID();
    JsonNode answer =
        watcher.ask("presence.watch", "{'users':['%s',%s]}".formatted(nobody, Sight.ids(na, fang)));
    assertThat(answer.get("presences")).hasSize(2);
    watcher.ask("presence.unwatch", "{'users':['%s',%s]}".formatted(nobody, Sight.ids(na)));
    client(na);
    client(fang);
    sight.await(fang, "online");
    assertThat(sight.states(na)).containsExactly("offline");
    assertThat(watcher.refusal("presence.get", "{'user':'" + nobody + "'}")).isEqualTo("not_found");
  }
}
