package io.magpie.bench.server;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The tables of ejabberd's archive, as its pg.sql has them, in the PostgreSQL of the benchmark. */
record EjabberdArchive(URI postgres) {
  private static final String TABLES =
      """
      create table if not exists archive (
        username text not null, timestamp bigint not null, peer text not null,
        bare_peer text not null, xml text not null, txt text, id bigserial, kind text, nick text,
        created_at timestamp not null default now());
      create index if not exists i_username_timestamp on archive (username, timestamp);
      create index if not exists i_username_peer on archive (username, peer);
      create index if not exists i_username_bare_peer on archive (username, bare_peer);
      create index if not exists i_timestamp on archive (timestamp);
      create table if not exists archive_prefs (
        username text not null primary key, def text not null, always text not null,
        never text not null, created_at timestamp not null default now());
      """;

  private String user() {
    return postgres.getUserInfo().split(":")[0];
  }

  private String password() {
    return postgres.getUserInfo().split(":")[1];
  }

  void create() {
    String url = "jdbc:" + "postgresql://127.0.0.1:" + postgres.getPort() + postgres.getPath();
    try (Connection connection = DriverManager.getConnection(url, user(), password());
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
    } catch (SQLException e) {
      throw new IllegalStateException("The archive of ejabberd: " + e.getMessage(), e);
    }
  }

  /** What start.sh wants to know. */
  Map<String, String> environment() {
    return Map.of(
        "SQL_PORT", Integer.toString(postgres.getPort()),
        "SQL_DATABASE", postgres.getPath().substring(1),
        "SQL_USER", user(),
        "SQL_PASSWORD", password());
  }
}
