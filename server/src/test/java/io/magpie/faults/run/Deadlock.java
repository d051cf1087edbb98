package io.magpie.faults.run;

import io.magpie.app.embedded.KillableServices;
import io.magpie.testkit.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * A transaction in the way of a conversation's writers: it has numbers that they will take, which
 * nobody sees, and asks for the row that they have locked before. PostgreSQL ends the one of both
 * that looks for a circle first, which is the server's: this one looks after a minute.
 */
final class Deadlock {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final String DATABASE = "magpie";

  private static final String TAKE_NUMBERS =
      """
      insert into event (stream_id, seq, bucket, kind, actor, at, listed, data)
      select id, head + n, to_char(now(), 'YYYYMM')::integer, 'test.thing', id, now(), false, '{}'
      from stream, generate_series(20, 600) as n where id = '%s'
      """;
  private static final String WAITERS =
      """
      select count(*) from pg_locks
      where not granted and locktype = 'transactionid'
        and pg_backend_pid() = any(pg_blocking_pids(pid))
      """;
  private static final String DEADLOCKS =
      "select deadlocks from pg_stat_database where datname = '" + DATABASE + "'";

  private final KillableServices services;
  private final UUID stream;

  Deadlock(KillableServices services, UUID stream) {
    this.services = services;
    this.stream = stream;
  }

  /** Lets writers run into it and lets them go on, with nothing written. */
  void provoke() {
    try (Connection connection = services.superuser(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("set deadlock_timeout = '60s'");
      connection.setAutoCommit(false);
      statement.execute(TAKE_NUMBERS.formatted(stream));
      Deadline.await("a writer waits for a number", LONG, () -> number(statement, WAITERS) > 0);
      statement.execute("select head from stream where id = '" + stream + "' for update");
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("the server was not the victim", e);
    }
  }

  /** How many PostgreSQL has found so far. */
  long found() {
    try (Connection connection = services.superuser(DATABASE);
        Statement statement = connection.createStatement()) {
      return number(statement, DEADLOCKS);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(Statement statement, String query) {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
