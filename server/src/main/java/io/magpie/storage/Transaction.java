package io.magpie.storage;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One transaction on one connection, from BEGIN to giving the connection back.
 *
 * <p>The caller waits for a limited time, the transaction does not: it keeps its connection until
 * COMMIT or ROLLBACK is answered, so nobody ever gets a connection inside somebody else's
 * transaction. A caller who gave up before COMMIT was sent is told so for certain, and it is rolled
 * back; one who gave up later cannot know.
 */
final class Transaction<T> {
  private enum Phase {
    WORKING,
    COMMITTING,
    ABANDONED
  }

  /** How a transaction begins and ends. */
  enum Ends {
    REAL {
      @Override
      Future<?> begin(SqlConnection connection) {
        return connection.query("begin").execute();
      }

      @Override
      Future<?> commit(SqlConnection connection) {
        return connection.query("commit").execute();
      }

      @Override
      Future<?> rollback(SqlConnection connection) {
        return connection.query("rollback").execute();
      }
    },

    /** All of it happens inside of a transaction that goes on; as many statements all the same. */
    NONE {
      @Override
      Future<?> begin(SqlConnection connection) {
        return nothing(connection);
      }

      @Override
      Future<?> commit(SqlConnection connection) {
        return nothing(connection);
      }

      @Override
      Future<?> rollback(SqlConnection connection) {
        return nothing(connection);
      }

      private static Future<?> nothing(SqlConnection connection) {
        return connection.query("select 1").execute();
      }
    };

    abstract Future<?> begin(SqlConnection connection);

    abstract Future<?> commit(SqlConnection connection);

    abstract Future<?> rollback(SqlConnection connection);
  }

  private final Function<SqlConnection, Future<T>> work;
  private final Consumer<SqlConnection> release;
  private final Ends ends;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WORKING);

  /**
   * @param release gives the connection back, once
   */
  Transaction(Function<SqlConnection, Future<T>> work, Consumer<SqlConnection> release, Ends ends) {
    this.work = work;
    this.release = release;
    this.ends = ends;
  }

  /**
   * Once.
   *
   * @param patience for all of it
   * @param answer from the moment the connection is there
   */
  Future<T> run(Supplier<Future<SqlConnection>> connect, Duration patience, Duration answer) {
    return within(patience, connect.get().compose(connection -> on(connection, answer)));
  }

  private Future<T> on(SqlConnection connection, Duration answer) {
    if (phase.get() == Phase.ABANDONED) {
      release.accept(connection);
      return Future.failedFuture(RequestError.of(ErrorCode.TIMEOUT));
    }
    return within(answer, whole(connection));
  }

  private Future<T> within(Duration longest, Future<T> result) {
    return result
        .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException ? givenUp(failure) : failure));
  }

  /** BEGIN travels together with the first statements: the connection keeps their order. */
  private Future<T> whole(SqlConnection connection) {
    Future<?> begun = ends.begin(connection);
    return Failing.call(() -> work.apply(connection))
        .compose(result -> begun.recover(Transaction::outside).map(result))
        .compose(result -> commit(connection, result))
        .recover(
            failure -> ends.rollback(connection).transform(done -> Future.<T>failedFuture(failure)))
        .onComplete(done -> release.accept(connection));
  }

  /** Without BEGIN each statement was committed by itself. */
  private static <X> Future<X> outside(Throwable failure) {
    return Future.failedFuture(new OutcomeUnknown(failure));
  }

  /** A PostgreSQL error means refused for certain; anything else leaves the outcome open. */
  private Future<T> commit(SqlConnection connection, T result) {
    if (!phase.compareAndSet(Phase.WORKING, Phase.COMMITTING)) {
      return Future.failedFuture(RequestError.of(ErrorCode.TIMEOUT));
    }
    return ends.commit(connection)
        .map(result)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof PgException && !SqlFailures.connectionLost(failure)
                        ? failure
                        : new OutcomeUnknown(failure)));
  }

  private Throwable givenUp(Throwable timeout) {
    return phase.compareAndSet(Phase.WORKING, Phase.ABANDONED)
        ? RequestError.of(ErrorCode.TIMEOUT)
        : new OutcomeUnknown(timeout);
  }
}
