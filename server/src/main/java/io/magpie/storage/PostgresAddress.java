package io.magpie.storage;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A PostgreSQL and a role for blocking work over one connection: migrations, backups.
 *
 * @param url for JDBC, without user and password
 * @param user the role
 * @param password may be empty
 */
public record PostgresAddress(String url, String user, String password) {

  /**
   * Takes a URI apart.
   *
   * @param uri {@code postgresql://user:password@host:port/database?parameters}, percent-encoded
   */
  public static PostgresAddress of(String uri) {
    URI parts = URI.create(uri);
    String[] login = parts.getRawUserInfo().split(":", 2);
    String query = parts.getRawQuery() == null ? "" : "?" + parts.getRawQuery();
    String port = parts.getPort() < 0 ? "" : ":" + parts.getPort();
    return new PostgresAddress(
        "jdbc:postgresql://" + parts.getHost() + port + parts.getPath() + query,
        decode(login[0]),
        login.length > 1 ? decode(login[1]) : "");
  }

  /**
   * Connects within 10 s. Statements have no time limit of their own; a peer that vanished is found
   * by TCP's keep-alive.
   *
   * @param application shown to other sessions; only a server calls itself {@code magpie}
   */
  public Connection connect(String application) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not an address of PostgreSQL: " + place());
    }
    return connection;
  }

  /** Host, port and database, for people. */
  public String place() {
    return url.replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
  }

  @Override
  public String toString() {
    return user + "@" + place();
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
