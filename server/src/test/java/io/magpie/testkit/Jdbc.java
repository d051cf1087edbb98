package io.magpie.testkit;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A look into PostgreSQL beside the server under test. */
public final class Jdbc {
  private Jdbc() {}

  /** Opens a connection for a {@code postgresql://user:password@host:port/database} URI. */
  public static Connection connect(String postgresUri) throws SQLException {
    URI uri = URI.create(postgresUri);
    String[] user = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
        user[0],
        user[1]);
  }

  /** The same as {@link #one} for tests that know that it works. */
  public static String read(String postgresUri, String sql) {
    try {
      return one(postgresUri, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as {@link #execute} for tests that know that it works. */
  public static void run(String postgresUri, String sql) {
    try {
      execute(postgresUri, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements for their effect. */
  public static void execute(String postgresUri, String sql) throws SQLException {
    try (Connection connection = connect(postgresUri);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  public static String one(String postgresUri, String sql) throws SQLException {
    try (Connection connection = connect(postgresUri);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new SQLException("no row: " + sql);
      }
      return String.valueOf(rows.getString(1));
    }
  }
}
