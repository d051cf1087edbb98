package io.magpie.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One transaction on one connection, from BEGIN to giving the connection back. */
final class Transaction {
  private Transaction() {}

  static <T> Future<T> run(
      SqlConnection connection, Function<SqlConnection, Future<T>> work, Duration deadline) {
    return bounded(connection.query("begin").execute(), deadline)
        .compose(
            begun -> bounded(Failing.call(() -> work.apply(connection)), deadline.multipliedBy(2)))
        .compose(
            result -> commit(connection, deadline).map(result),
            failure ->
                rollback(connection, deadline, failure)
                    .transform(done -> Future.failedFuture(failure)))
        .onFailure(failure -> drop(connection, failure))
        .onSuccess(result -> connection.close());
  }

  /** A PostgreSQL error means refused for certain; anything else leaves the outcome open. */
  private static Future<Void> commit(SqlConnection connection, Duration deadline) {
    return bounded(connection.query("commit").execute(), deadline)
        .<Void>mapEmpty()
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof io.vertx.pgclient.PgException
                            && !SqlFailures.connectionLost(failure)
                        ? failure
                        : new OutcomeUnknown(failure)));
  }

  private static Future<Void> rollback(
      SqlConnection connection, Duration deadline, Throwable failure) {
    if (SqlFailures.connectionLost(failure)) {
      return Future.succeededFuture();
    }
    return bounded(connection.query("rollback").execute(), deadline).mapEmpty();
  }

  /** A broken connection is closed for good instead of going back to the pool (P9, P11). */
  private static void drop(SqlConnection connection, Throwable failure) {
    if (failure instanceof OutcomeUnknown || SqlFailures.connectionLost(failure)) {
      Connections.discard(connection);
    } else {
      connection.close();
    }
  }

  private static <T> Future<T> bounded(Future<T> future, Duration deadline) {
    return future.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }
}
