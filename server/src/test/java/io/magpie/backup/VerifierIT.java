package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each damage to a database is found, and nothing is found in one that is in order. */
class VerifierIT {
  private static Endpoints endpoints;
  private static String group;

  @BeforeAll
  static void talk() {
    endpoints = EmbeddedForTests.freshDatabase("verifier");
    try (TestServer server = TestServer.on(endpoints)) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      UUID made = server.group(wei, na);
      group = made.toString();
      try (TestClient client = server.client(wei)) {
        for (int i = 0; i < 5; i++) {
          client.say(made, "message " + i);
        }
        client.ask("member.remove", "{'conversation':'%s','user':'%s'}".formatted(made, na.id()));
        client.say(made, "alone");
      }
    }
  }

  @Test
  void a_database_in_order_passes() {
    List<String> said = new ArrayList<>();
    assertThat(Verifier.verify(endpoints.postgresUri(), said::add)).isEmpty();
    assertThat(said).last().asString().endsWith(" checks passed.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "without a hole | delete from event where stream_id = '%s' and seq = 3",
        "without a hole | delete from event where stream_id = '%s' and seq = 1",
        "without a hole | delete from event where stream_id = '%s' and seq = 8",
        "without a hole | update stream set head = head + 1 where id = '%s'",
        "without a hole | insert into event select stream_id, seq, 209901, kind, actor, at, false, thread, data from event where stream_id = '%s' and seq = 3",
        "do not exist | update event set stream_id = gen_random_uuid() where stream_id = '%s' and seq = 3",
        "another month | update event set at = at - interval '40 days' where stream_id = '%s' and seq = 3",
        "newest entry | update stream set entry_seq = 2 where id = '%s'",
        "point at no event | update client_write set seq = 99 where stream_id = '%s' and seq = 3",
        "point at no event | update client_write set stream_id = gen_random_uuid() where stream_id = '%s' and seq = 3",
        "impossible bounds | update stream_reader set to_seq = 99 where stream_id = '%s' and to_seq is not null",
        "impossible bounds | update stream_reader set from_seq = 5, to_seq = 2 where stream_id = '%s' and to_seq is not null",
        "that overlap | insert into stream_reader select stream_id, user_id, from_seq + 1, null, 1, now() from stream_reader where stream_id = '%s' and to_seq is not null",
        "members wrongly | update conversation set members = 7 where id = '%s'",
        "beyond the last event | update conversation_member set read_seq = 99 where conversation_id = '%s'",
        "messages that do not exist | insert into reaction values ('%s', 99, '👍', gen_random_uuid(), 99)"
      })
  void a_damage_is_found(String what, String damage) throws SQLException {
    try (Connection connection = Jdbc.connect(endpoints.postgresOwnerUri());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(statement.executeUpdate(damage.formatted(group))).isPositive();
      assertThat(Verifier.check(connection, line -> {}))
          .anySatisfy(finding -> assertThat(finding.what()).contains(what));
      connection.rollback();
    }
  }

  @Test
  void a_backup_of_a_damaged_database_is_restored_only_when_told_so(@TempDir Path folder) {
    Endpoints damaged = EmbeddedForTests.freshDatabase("verifier_damaged");
    Path good = Copies.take(endpoints, folder.resolve("good.zip"));
    Copies.restore(good, damaged, Copies.PLAIN);
    Copies.execute(damaged, "delete from event where stream_id = '" + group + "' and seq = 3");
    Path bad = Copies.take(damaged, folder.resolve("bad.zip"));
    Endpoints target = EmbeddedForTests.freshDatabase("verifier_target");
    assertThat(Copies.refusal(() -> Copies.restore(bad, target, Copies.PLAIN)))
        .isEqualTo("findings");
    assertThat(Copies.sql(target, "select to_regclass('stream') is null")).isEqualTo("t");
    Copies.restore(bad, target, new Restore.Options(false, true));
    assertThat(Copies.rows(target)).isEqualTo(Copies.rows(damaged));
  }
}
