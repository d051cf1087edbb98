package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Migrations;
import io.magpie.storage.PostgresAddress;
import io.magpie.storage.Schema;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A backup of a database that an older version kept: restored, and brought up to date with it. */
class OlderBackupIT {
  /** Those that others refer to; the rest in any order. */
  private static final List<String> FIRST =
      List.of("app", "app_user", "session", "stream", "conversation");

  @TempDir Path folder;

  private record Told(String username, UUID group, long seq) {}

  @ParameterizedTest
  @ValueSource(
      strings = {"202611220200", "202611220210", "202611220300", "202611220310", "202611220320"})
  void it_is_migrated_while_it_is_restored_and_served(String version) throws Exception {
    Endpoints older = EmbeddedForTests.freshDatabase("older_" + version);
    Endpoints restored = EmbeddedForTests.freshDatabase("from_older_" + version);
    Told told;
    try (TestServer server = TestServer.start()) {
      told = talk(server);
      asItWas(version, server.endpoints(), older);
    }
    Path file = Copies.take(older, folder);
    List<String> said = Copies.restore(file, restored, Copies.PLAIN);
    assertThat(said).anyMatch(line -> line.contains("schema " + version));
    assertThat(said).anyMatch(line -> line.startsWith("All ") && line.endsWith(" passed."));
    try (Connection connection = connect(restored)) {
      assertThat(Schema.of(connection).version()).isEqualTo(Schema.newestKnown());
    }
    assertThat(Copies.sql(restored, "select count(*) from job where kind = 'pin.expiry'"))
        .as("what a migration makes of rows is made of those of the backup")
        .isEqualTo("1");
    try (TestServer server = TestServer.on(restored)) {
      goesOn(server, told);
    }
  }

  private static Told talk(TestServer server) {
    TestUser wei = server.member("wei");
    UUID group = server.group(wei, server.user("娜"));
    try (TestClient client = server.client(wei)) {
      long seq = client.say(group, "from the old days");
      client.ask(
          "message.pin",
          "{'conversation':'%s','seq':%d,'until':'2099-01-01T00:00:00Z'}".formatted(group, seq));
      return new Told("wei", group, seq);
    }
  }

  private static void goesOn(TestServer server, Told told) {
    TestUser wei = server.login(told.username());
    try (TestClient client = server.client(wei)) {
      JsonNode pins = client.ask("pin.list", "{'conversation':'%s'}".formatted(told.group()));
      assertThat(pins.toString()).contains("from the old days");
      // The pin is an event, too.
      assertThat(client.say(told.group(), "of today")).isEqualTo(told.seq() + 2);
      JsonNode list = client.ask("conversation.list", "{}");
      assertThat(list.toString()).contains(told.group().toString()).contains("of today");
    }
  }

  /** What a server of that time would have kept of the same: its tables, its columns. */
  private static void asItWas(String version, Endpoints now, Endpoints older)
      throws SQLException, IOException {
    try (Connection from = connect(now);
        Connection to = connect(older);
        Statement statement = to.createStatement()) {
      to.setAutoCommit(false);
      Migrations.within(to, version);
      statement.execute("truncate installation");
      List<Catalog.Columns> tables = new ArrayList<>(Catalog.tables(to));
      tables.sort((a, b) -> Integer.compare(place(a.table()), place(b.table())));
      for (Catalog.Columns table : tables) {
        copy(table, from, to);
      }
      to.commit();
    }
  }

  private static int place(String table) {
    int place = FIRST.indexOf(table);
    return place < 0 ? FIRST.size() : place;
  }

  private static void copy(Catalog.Columns table, Connection from, Connection to)
      throws SQLException, IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    copies(from).copyOut(table.copyOut(), rows);
    copies(to).copyIn(table.copyIn(), new ByteArrayInputStream(rows.toByteArray()));
  }

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static Connection connect(Endpoints endpoints) throws SQLException {
    return PostgresAddress.of(endpoints.postgresOwnerUri()).connect("test");
  }
}
