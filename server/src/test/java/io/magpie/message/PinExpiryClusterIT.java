package io.magpie.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Pins end once in a cluster, also when the node on which they were set is gone. */
class PinExpiryClusterIT {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final int PINS = 20;

  @Test
  void each_pin_ends_once_for_everybody_and_outlives_its_node() {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("pin_cluster");
    TestServer one = TestServer.on(endpoints);
    try (TestServer two = TestServer.on(endpoints)) {
      TestUser wei = one.user("wei");
      TestUser na = one.user("na");
      UUID group = one.group(wei, na);
      try (TestClient there = two.client(na)) {
        List<Long> messages = new ArrayList<>();
        long last;
        try (TestClient here = one.client(wei)) {
          for (int i = 0; i < PINS; i++) {
            messages.add(here.say(group, "m" + i));
          }
          Instant soon = Instant.now().plusSeconds(2);
          for (long message : messages) {
            pin(here, group, message, soon);
          }
          last = ends(one, group, PINS);
          here.event(group, last);
          there.event(group, last);
          assertThat(ended(here, group)).containsExactlyInAnyOrderElementsOf(messages);
          pin(here, group, messages.get(0), Instant.now().plusSeconds(4));
        }
        one.close();
        there.event(group, last + 2);
        assertThat(ended(there, group)).hasSize(PINS + 1).endsWith(messages.get(0));
        assertThat(there.seqs(group)).doesNotHaveDuplicates().isSorted();
        assertThat(two.sql("select count(*) from job where kind = 'pin.expiry'")).isEqualTo("0");
      }
    }
  }

  @Test
  void pins_from_before_there_were_jobs_end_after_the_upgrade() throws SQLException {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("pin_upgrade");
    migrateTo(endpoints, "202611220300");
    UUID group = UUID.randomUUID();
    UUID wei = UUID.randomUUID();
    Jdbc.execute(
        endpoints.postgresOwnerUri(),
        """
        insert into stream (id, kind, head) values ('%1$s', 1, 2);
        insert into message_state (stream_id, seq, pin_seq, pin_by, pin_at, pin_until)
        values ('%1$s', 1, 2, '%2$s', now() - interval '1 day', now() - interval '1 hour');
        """
            .formatted(group, wei));
    try (TestServer server = TestServer.on(endpoints)) {
      ends(server, group, 1);
      assertThat(server.sql("select seq || ' ' || actor || ' ' || data from event"))
          .isEqualTo("3 " + wei + " {\"message\":1,\"reason\":\"expired\"}");
    }
  }

  /** Waits for so many ends; the number of the last one. */
  private static long ends(TestServer server, UUID group, int count) {
    String ends = " from event where kind = 'message.unpinned' and stream_id = '" + group + "'";
    Deadline.await(
        count + " ends",
        LONG,
        () -> server.sql("select count(*)" + ends).equals(String.valueOf(count)));
    return Long.parseLong(server.sql("select max(seq)" + ends));
  }

  private static void pin(TestClient client, UUID group, long message, Instant until) {
    client.ask(
        "message.pin",
        "{'conversation':'%s','seq':%d,'until':'%s'}".formatted(group, message, until));
  }

  private static List<Long> ended(TestClient client, UUID group) {
    return client.events(group).stream()
        .filter(event -> event.get("kind").textValue().equals("message.unpinned"))
        .map(event -> event.get("data"))
        .peek(data -> assertThat(data.get("reason").textValue()).isEqualTo("expired"))
        .map(data -> data.get("message"))
        .map(JsonNode::longValue)
        .toList();
  }

  private static void migrateTo(Endpoints endpoints, String version) {
    URI uri = URI.create(endpoints.postgresOwnerUri());
    String[] login = uri.getUserInfo().split(":", 2);
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
            login[0],
            login[1])
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
  }
}
