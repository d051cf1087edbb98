package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
  private final Endpoints endpoints = EmbeddedForTests.endpoints();

  @Test
  void what_makes_a_commit_durable_is_on() throws SQLException {
    Map<String, String> expected =
        Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "data_checksums", "on",
            "server_encoding", "UTF8",
            "password_encryption", "scram-sha-256",
            "listen_addresses", "127.0.0.1",
            "max_connections", "100");
    for (Map.Entry<String, String> setting : expected.entrySet()) {
      assertThat(Jdbc.one(endpoints.postgresUri(), "SHOW " + setting.getKey()))
          .as(setting.getKey())
          .isEqualTo(setting.getValue());
    }
  }

  @Test
  void strings_are_ordered_by_code_point_and_lowered_by_unicode() throws SQLException {
    assertThat(
            Jdbc.one(
                endpoints.postgresUri(),
                "SELECT datlocprovider::text || ' ' || datlocale || ' ' || lower('ÄÉ') FROM pg_database"
                    + " WHERE datname = current_database()"))
        .isEqualTo("b C.UTF-8 äé");
  }

  @Test
  void a_wrong_password_is_refused() {
    URI uri = URI.create(endpoints.postgresUri());
    String wrong = "postgresql://magpie_app:wrong@127.0.0.1:" + uri.getPort() + "/magpie";
    assertThatThrownBy(() -> Jdbc.one(wrong, "SELECT 1")).hasMessageContaining("authentication");
  }

  @Test
  void the_application_works_on_rows_but_has_no_ddl() throws SQLException {
    Endpoints fresh = EmbeddedForTests.freshDatabase("roles");
    Jdbc.execute(
        fresh.postgresOwnerUri(), "CREATE TABLE note (id bigserial PRIMARY KEY, text text)");

    Jdbc.execute(
        fresh.postgresUri(),
        "INSERT INTO note (text) VALUES ('a'), ('b'); UPDATE note SET text = 'c' WHERE id = 1;"
            + " DELETE FROM note WHERE id = 2");

    assertThat(Jdbc.one(fresh.postgresUri(), "SELECT string_agg(text, ',') FROM note"))
        .isEqualTo("c");
    for (String ddl :
        new String[] {
          "CREATE TABLE mine (id int)",
          "CREATE TEMP TABLE mine (id int)",
          "ALTER TABLE note ADD COLUMN more int",
          "DROP TABLE note",
          "TRUNCATE note",
          "CREATE SCHEMA mine",
          "CREATE ROLE mine"
        }) {
      assertThatThrownBy(() -> Jdbc.execute(fresh.postgresUri(), ddl))
          .as(ddl)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void a_fresh_database_is_empty_each_time() throws SQLException {
    Endpoints first = EmbeddedForTests.freshDatabase("again");
    Jdbc.execute(first.postgresOwnerUri(), "CREATE TABLE old (id int)");

    Endpoints second = EmbeddedForTests.freshDatabase("again");

    assertThat(
            Jdbc.one(
                second.postgresOwnerUri(),
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("0");
    assertThat(second.redisUri()).isNotEqualTo(first.redisUri());
  }
}
