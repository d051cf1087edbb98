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
