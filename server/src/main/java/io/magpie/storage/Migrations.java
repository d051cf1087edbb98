package io.magpie.storage;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date with the owner's role, forward only. Blocking: run on a worker
 * thread before the pool is used. Several nodes may start at once, Flyway takes a lock.
 */
public final class Migrations {
  /** Few: every read of a stream looks into each of them. */
  private static final int MONTHS_AHEAD = 3;

  private Migrations() {}

  /**
   * Applies what is missing and makes the partitions of the next months. Called at start and then
   * once a day.
   *
   * @param ownerUri {@code postgresql://user:password@host:port/database}
   * @throws FlywayException when the database cannot be reached or was changed by hand
   */
  public static void apply(String ownerUri) {
    URI uri = URI.create(ownerUri);
    String[] login = uri.getRawUserInfo().split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + query,
                decode(login[0]),
                login.length > 1 ? decode(login[1]) : "")
            .locations("classpath:db/migration")
            .validateMigrationNaming(true)
            .connectRetries(0)
            .load();
    flyway.migrate();
    partitions(flyway);
  }

  /** Two starts at once may both try: the second one finds the lock taken, then everything made. */
  private static void partitions(Flyway flyway) {
    try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(hashtext('event partitions'))");
      statement.execute("select ensure_event_partitions(current_date, " + MONTHS_AHEAD + ")");
      connection.commit();
    } catch (SQLException e) {
      throw new FlywayException("event partitions cannot be made: " + e.getMessage(), e);
    }
  }

  private static String decode(String part) {
    return java.net.URLDecoder.decode(
        part.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
  }
}
