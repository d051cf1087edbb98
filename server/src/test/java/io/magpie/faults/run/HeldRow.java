package io.magpie.faults.run;

import io.magpie.faults.cluster.FaultCluster;
import io.magpie.testkit.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The row of a stream, locked against its writers until it is closed. */
final class HeldRow implements AutoCloseable {
  private static final String LOCK = "select head from stream where id = '%s' for update";
  private static final String WAITERS =
      """
      select count(*) from pg_locks
      where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))
      """;

  private final Connection connection;

  private HeldRow(Connection connection) {
    this.connection = connection;
  }

  static HeldRow of(FaultCluster cluster, UUID stream) {
    try {
      Connection connection = Jdbc.connect(cluster.endpoints().postgresOwnerUri());
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LOCK.formatted(stream));
      }
      return new HeldRow(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether somebody waits for it. */
  boolean wanted() {
    try (Statement statement = connection.createStatement();
        ResultSet waiters = statement.executeQuery(WAITERS)) {
      return waiters.next() && waiters.getInt(1) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
