package io.magpie.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date with the owner's role, forward only. Blocking: run on a worker
 * thread before the pool is used. Several nodes may start at once, Flyway takes a lock.
 *
 * <p>Other nodes serve meanwhile. A change of a table waits for its lock for a second at most,
 * because everybody else waits behind it; then it gives way and tries again.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** Few: every read of a stream looks into each of them. */
  private static final int MONTHS_AHEAD = 3;

  private static final String LOCK_TIMEOUT = "set lock_timeout = '1s'";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LEAST_PAUSE_MS = 1_000;
  private static final int LONGEST_PAUSE_MS = 3_000;

  private Migrations() {}

  /**
   * Applies what is missing and makes the partitions of the next months. Called at start.
   *
   * @param ownerUri {@code postgresql://user:password@host:port/database}
   * @throws FlywayException when the database cannot be reached, was changed by hand, or its tables
   *     stay locked for two minutes
   * @throws SchemaMismatch when only newer binaries may use this schema
   */
  public static void apply(String ownerUri) {
    PostgresAddress owner = PostgresAddress.of(ownerUri);
    schema(ownerUri).refuseOlderBinary();
    Flyway flyway =
        configuration("concurrently")
            .dataSource(owner.url(), owner.user(), owner.password())
            .initSql(LOCK_TIMEOUT)
            .load();
    givingWay("migrating the database", flyway::migrate);
    partitions(ownerUri);
  }

  /**
   * Where somebody else migrates: whether that has been done.
   *
   * @param uri of the application's role
   * @throws SchemaMismatch when this binary and the schema do not fit
   */
  public static void check(String uri) {
    Schema schema = schema(uri);
    schema.refuseOlderBinary();
    schema.refuseOlderSchema();
  }

  /**
   * Makes the partitions of this month and the next ones, and nothing else: called each day, also
   * by nodes that are older than the schema.
   */
  public static void partitions(String ownerUri) {
    givingWay("the partitions of coming months", () -> makePartitions(ownerUri));
  }

  private static void makePartitions(String ownerUri) {
    try (Connection connection = PostgresAddress.of(ownerUri).connect("magpie partitions");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(LOCK_TIMEOUT);
      makePartitions(statement);
      connection.commit();
    } catch (SQLException e) {
      throw new FlywayException("event partitions cannot be made: " + e.getMessage(), e);
    }
  }

  /** Two starts at once may both try: the second one finds the lock taken, then everything made. */
  private static void makePartitions(Statement statement) throws SQLException {
    statement.execute("select pg_advisory_xact_lock(hashtext('event partitions'))");
    statement.execute("select ensure_event_partitions(current_date, " + MONTHS_AHEAD + ")");
  }

  /**
   * Makes the schema of a version inside of the caller's transaction, from nothing or from an older
   * one.
   *
   * @param version the last migration to apply, twelve digits
   */
  public static void within(Connection transaction, String version) {
    // An index is made in place here: nobody else uses the tables, and a transaction allows no
    // other way.
    configuration("")
        .dataSource(OneConnection.over(transaction))
        .target(MigrationVersion.fromVersion(version))
        .load()
        .migrate();
  }

  /** Like {@link #within(Connection, String)}, up to what a server of this binary expects. */
  public static void within(Connection transaction) throws SQLException {
    within(transaction, Schema.newestKnown());
    try (Statement statement = transaction.createStatement()) {
      makePartitions(statement);
    }
  }

  private static FluentConfiguration configuration(String concurrently) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .locations("classpath:db/migration")
        .validateMigrationNaming(true)
        .placeholders(Map.of("concurrently", concurrently))
        .connectRetries(0);
  }

  /** What a database says of itself to either role. */
  public static Schema schema(String uri) {
    try (Connection connection = PostgresAddress.of(uri).connect("magpie start")) {
      return Schema.of(connection);
    } catch (SQLException e) {
      throw new FlywayException(e.getMessage(), e);
    }
  }

  private static void givingWay(String what, Runnable step) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        step.run();
        return;
      } catch (FlywayException e) {
        if (!lockNotAvailable(e) || System.nanoTime() > end) {
          throw e;
        }
        LOG.info("{}: a table is in use, trying again", what);
        LockSupport.parkNanos(
            1_000_000L * ThreadLocalRandom.current().nextInt(LEAST_PAUSE_MS, LONGEST_PAUSE_MS));
      }
    }
  }

  private static boolean lockNotAvailable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
