package io.magpie.app;

import io.magpie.storage.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node may be started before its database, or while that restarts: it waits. What waiting cannot
 * mend, such as a wrong password or a database that does not exist, is left to the steps that
 * follow, which say so at once.
 */
final class DatabasePatience {
  private static final Logger LOG = LoggerFactory.getLogger(DatabasePatience.class);
  private static final long LEAST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 5_000;

  private DatabasePatience() {}

  /**
   * Blocks until the database takes connections.
   *
   * @throws StartFailure {@code database-away} when it does not within {@code longest}
   */
  static void await(String uri, Duration longest) {
    PostgresAddress address = PostgresAddress.of(uri);
    long end = System.nanoTime() + longest.toNanos();
    long pause = LEAST_PAUSE_MS;
    while (true) {
      try (Connection connection = address.connect("magpie start")) {
        return;
      } catch (SQLException e) {
        if (!comesAndGoes(e)) {
          return;
        }
        if (System.nanoTime() > end) {
          throw new StartFailure(
              "database-away",
              "PostgreSQL at " + address.place() + " cannot be reached: " + e.getMessage(),
              e);
        }
        LOG.warn("PostgreSQL at {} is not there yet; waiting: {}", address.place(), e.getMessage());
      }
      long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
      LockSupport.parkNanos(Duration.ofMillis(jittered).toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new StartFailure("interrupted", "The start was interrupted.");
      }
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }
  }

  /** No connection, starting or stopping, or too many clients just now. */
  private static boolean comesAndGoes(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
  }
}
