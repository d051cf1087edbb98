package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is backed up while it runs, and what it held comes back in another database. */
class BackupRestoreIT {
  @TempDir Path folder;

  private static Endpoints fresh(String name) {
    return EmbeddedForTests.freshDatabase("restored_" + name);
  }

  @Test
  void everything_comes_back_but_who_was_logged_in() throws Exception {
    Endpoints restored = fresh("all");
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.member("wei");
      TestUser na = server.user("娜");
      UUID group = server.group(wei, na);
      talk(server, wei, na, group);
      // Months that have no events any more, and events of a month without a partition.
      server.execute("select ensure_event_partitions(date '2025-03-01', 1)");
      Path file = Copies.take(server.endpoints(), folder);
      assertThat(file.getFileName().toString()).matches("magpie-\\d{8}T\\d{6}Z\\.zip");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
      List<String> said = Copies.restore(file, restored, Copies.PLAIN);
      assertThat(said).anyMatch(line -> line.startsWith("All ") && line.endsWith(" passed."));
      assertThat(Copies.rows(restored)).isEqualTo(Copies.rows(server.endpoints()));
      assertThat(Copies.sql(restored, "select epoch from installation"))
          .isNotEqualTo(server.sql("select epoch from installation"));
      assertThat(Copies.sql(restored, "select node_key from installation"))
          .isNotEqualTo(server.sql("select node_key from installation"));
    }
    assertThat(Copies.sql(restored, "select count(*) from session")).isEqualTo("0");
    assertThat(Copies.sql(restored, "select count(*) from refresh_token")).isEqualTo("0");
    assertThat(Copies.sql(restored, "select to_regclass('event_202503') is not null"))
        .isEqualTo("t");
    assertThat(Copies.sql(restored, "select restored_at is not null from installation"))
        .isEqualTo("t");
    assertThat(Copies.sql(restored, "select count(*) from pg_constraint where contype = 'f'"))
        .isNotEqualTo("0");
    assertThat(Copies.sql(restored, "select search from app_user where username = 'wei'"))
        .as("columns that follow from others are made anew")
        .contains("wei");
    assertThat(Verifier.verify(restored.postgresUri(), line -> {})).isEmpty();
  }

  private static void talk(TestServer server, TestUser wei, TestUser na, UUID group) {
    try (TestClient one = server.client(wei);
        TestClient other = server.client(na)) {
      long first = one.say(group, "制表符\t换行\n反斜杠\\ 引号\" 🐦");
      long second = other.say(group, "\\N \\. \\x41");
      String place = "'conversation':'%s','seq':%d".formatted(group, first);
      one.ask("message.edit", "{%s,'text':'改过'}".formatted(place));
      other.ask("message.react", "{%s,'emoji':'👍'}".formatted(place));
      one.ask("message.pin", "{%s}".formatted(place));
      one.ask(
          "position.update",
          "{'positions':[{'conversation':'%s','read':%d,'delivered':%d}]}"
              .formatted(group, second, second));
      one.ask("draft.set", "{'conversation':'%s','text':'未完'}".formatted(group));
    }
  }

  @Test
  void clients_that_know_more_than_the_backup_are_told_and_read_anew() throws Exception {
    Path file;
    Endpoints restored = fresh("clients");
    TestUser na;
    UUID group;
    UUID epoch;
    long kept;
    long lost;
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.member("wei");
      na = server.member("na");
      group = server.group(wei, na);
      try (TestClient client = server.client(wei)) {
        kept = client.say(group, "before the backup");
        file = Copies.take(server.endpoints(), folder.resolve("a.zip"));
        lost = client.say(group, "after the backup");
        epoch = client.epoch();
      }
    }
    Copies.restore(file, restored, Copies.PLAIN);
    try (TestServer server = TestServer.on(restored)) {
      TestUser again = server.login("na");
      try (TestClient client = TestClient.connect(server)) {
        client.resume(again, epoch, Map.of(group, lost));
        JsonNode told = client.await("resync", f -> TestClient.type(f).equals("resync_required"));
        assertThat(told.get("reason").textValue()).isEqualTo("epoch");
        assertThat(told.get("head").longValue()).isEqualTo(kept);
        assertThat(client.epoch()).isNotEqualTo(epoch);
        JsonNode page =
            client.ask(
                "stream.events",
                "{'stream':'%s','after':%d}".formatted(group, told.get("first").longValue() - 1));
        assertThat(page.get("events").toString())
            .contains("before the backup")
            .doesNotContain("after the backup");
        try (TestClient other = server.client(server.login("wei"))) {
          assertThat(other.say(group, "another third")).isEqualTo(lost);
        }
        assertThat(client.event(group, lost).toString()).contains("another third");
      }
    }
  }

  @Test
  void a_restore_needs_an_empty_database_or_leave_to_delete() throws Exception {
    Endpoints busy = fresh("busy");
    Path file;
    try (TestServer server = TestServer.on(busy)) {
      server.member("wei");
      file = Copies.take(busy, folder.resolve("a.zip"));
      server.member("na");
      assertThat(Copies.refusal(() -> Copies.restore(file, busy, Copies.REPLACE)))
          .isEqualTo("database-in-use");
    }
    Map<String, List<String>> before = Copies.rows(busy);
    assertThat(Copies.refusal(() -> Copies.restore(file, busy, Copies.PLAIN)))
        .isEqualTo("database-not-empty");
    assertThat(Copies.rows(busy)).isEqualTo(before);
    Copies.restore(file, busy, Copies.REPLACE);
    assertThat(Copies.sql(busy, "select string_agg(username, ' ') from app_user")).isEqualTo("wei");

    Endpoints foreign = fresh("foreign");
    Copies.execute(foreign, "create table invoice (id integer)");
    assertThat(Copies.refusal(() -> Copies.restore(file, foreign, Copies.REPLACE)))
        .isEqualTo("database-foreign");
    assertThat(Copies.sql(foreign, "select count(*) from invoice")).isEqualTo("0");
  }

  @Test
  void a_node_that_holds_its_lease_keeps_the_database() {
    Endpoints leased = fresh("leased");
    Path file;
    try (TestServer server = TestServer.on(leased)) {
      file = Copies.take(leased, folder.resolve("a.zip"));
    }
    Copies.execute(
        leased,
        "insert into node (id, incarnation, version, address, started_at, lease_until)"
            + " values ('n9', gen_random_uuid(), '1', 'x', now(), now() + interval '1 minute')");
    assertThat(Copies.refusal(() -> Copies.restore(file, leased, Copies.REPLACE)))
        .isEqualTo("database-in-use");
    Copies.execute(leased, "update node set lease_until = now()");
    Copies.restore(file, leased, Copies.REPLACE);
  }

  @Test
  void a_sequence_of_its_own_leaps_so_that_no_number_is_given_twice() throws Exception {
    Endpoints counted = fresh("counted");
    Copies.execute(
        counted,
        "create sequence version; create table row_of (id bigint generated always as identity)");
    try (Connection connection = Jdbc.connect(counted.postgresOwnerUri());
        Statement statement = connection.createStatement()) {
      Loader.sequences(
          statement,
          List.of(
              new Manifest.Sequence("version", 41, true),
              new Manifest.Sequence("row_of_id_seq", 7, true),
              new Manifest.Sequence("forgotten", 7, true)));
    }
    assertThat(Copies.sql(counted, "select nextval('version')")).isEqualTo("4294967338");
    assertThat(Copies.sql(counted, "select nextval('row_of_id_seq')")).isEqualTo("8");
  }
}
