package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Old and new servers on one database: who may start, and who waits for whom. */
class SchemaIT {
  private static final String NEWER =
      "insert into flyway_schema_history (installed_rank, version, description, type, script,"
          + " checksum, installed_by, execution_time, success)"
          + " values (9999, '209901010000', 'later', 'SQL', 'V209901010000__later.sql', 1, 'x', 1,"
          + " true)";

  private static Endpoints migrated(String name) {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("schema_" + name);
    Migrations.apply(endpoints.postgresOwnerUri());
    return endpoints;
  }

  private static Schema read(Endpoints endpoints) throws SQLException {
    try (Connection connection = PostgresAddress.of(endpoints.postgresUri()).connect("test")) {
      return Schema.of(connection);
    }
  }

  private static void startIsRefused(Endpoints endpoints, String code, String... settings) {
    assertThatThrownBy(() -> TestServer.on(endpoints, settings).close())
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void the_newest_migration_is_that_of_the_folder() throws SQLException {
    Endpoints endpoints = migrated("newest");
    assertThat(read(endpoints).version()).isEqualTo(Schema.newestKnown());
    assertThat(Schema.newestKnown())
        .matches("20[0-9]{10}")
        .isGreaterThan(read(endpoints).oldestBinary());
  }

  @Test
  void only_binaries_older_than_the_schema_allows_refuse_to_start() throws SQLException {
    Endpoints endpoints = migrated("oldest");
    String uri = endpoints.postgresOwnerUri();
    Jdbc.execute(uri, NEWER);
    try (TestServer server = TestServer.on(endpoints)) {
      assertThat(server.admin()).as("a newer schema that still supports this binary").isNotNull();
    }
    Jdbc.execute(uri, "update installation set oldest_binary = '" + Schema.newestKnown() + "'");
    TestServer.on(endpoints).close();
    Jdbc.execute(uri, "update installation set oldest_binary = '209901010000'");
    startIsRefused(endpoints, "binary-too-old");
    assertThatThrownBy(() -> Migrations.check(endpoints.postgresUri()))
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("209901010000");
  }

  @Test
  void without_the_owner_the_schema_must_be_there() throws SQLException {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("schema_without_owner");
    assertThatThrownBy(() -> Migrations.check(endpoints.postgresUri()))
        .isInstanceOfSatisfying(
            SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema-too-old"));
    Migrations.apply(endpoints.postgresOwnerUri());
    Migrations.check(endpoints.postgresUri());
    Jdbc.execute(
        endpoints.postgresOwnerUri(),
        "delete from flyway_schema_history where version = '" + Schema.newestKnown() + "'");
    assertThatThrownBy(() -> Migrations.check(endpoints.postgresUri()))
        .isInstanceOfSatisfying(
            SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema-too-old"));
  }

  @Test
  void the_partitions_of_coming_months_are_made_by_older_nodes_too() throws SQLException {
    Endpoints endpoints = migrated("partitions");
    String uri = endpoints.postgresOwnerUri();
    Jdbc.execute(uri, NEWER);
    // A migration that this binary has is missing, and one was changed: none of its business.
    Jdbc.execute(uri, "update flyway_schema_history set checksum = 7 where version like '2026%'");
    String month = Jdbc.one(uri, "select 'event_' || to_char(current_date, 'YYYYMM')");
    Jdbc.execute(uri, "drop table " + month);
    Migrations.partitions(uri);
    assertThat(Jdbc.one(uri, "select to_regclass('" + month + "') is not null")).isEqualTo("t");
  }

  @Test
  void a_change_of_a_table_gives_way_to_whoever_uses_it() throws Exception {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("schema_gives_way");
    String uri = endpoints.postgresOwnerUri();
    try (TestServer server = TestServer.on(endpoints)) {
      TestUser wei = server.user("伟");
      UUID group = server.group(wei);
      String month = "event_" + Jdbc.one(uri, "select to_char(current_date, 'YYYYMM')");
      String later =
          "event_" + Jdbc.one(uri, "select to_char(current_date + interval '2 months', 'YYYYMM')");
      Jdbc.execute(uri, "drop table " + later);
      try (Connection reader = Jdbc.connect(uri);
          Statement statement = reader.createStatement();
          TestClient client = server.client(wei)) {
        reader.setAutoCommit(false);
        statement.execute("select count(*) from event"); // as a backup does
        CompletableFuture<Void> making =
            CompletableFuture.runAsync(() -> Migrations.partitions(uri));
        Deadline.await("it waits for the lock", Duration.ofSeconds(20), () -> waits(uri));
        for (int i = 0; i < 20; i++) {
          client.say(group, "beside " + i);
        }
        assertThat(making).isNotDone();
        reader.commit();
        making.get(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(server.sql("select to_regclass('" + later + "') is not null")).isEqualTo("t");
        assertThat(server.sql("select to_regclass('" + month + "') is not null")).isEqualTo("t");
      }
    }
  }

  /** As the owner, who sees what the owner's sessions wait for. */
  private static boolean waits(String ownerUri) {
    try {
      return Jdbc.one(
              ownerUri,
              "select count(*) from pg_stat_activity where application_name = 'magpie partitions'"
                  + " and datname = current_database() and wait_event_type = 'Lock'")
          .equals("1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
