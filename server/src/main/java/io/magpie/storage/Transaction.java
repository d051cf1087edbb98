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
import java.util.function.Function;

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

  private final SqlConnection connection;
  private final Function<SqlConnection, Future<T>> work;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WORKING);

  private final Runnable release;

  private Transaction(
      SqlConnection connection, Function<SqlConnection, Future<T>> work, Runnable release) {
    this.connection = connection;
    this.work = work;
    this.release = release;
  }

  /**
   * @param release gives the connection back, once
   */
  static <T> Future<T> run(
      SqlConnection connection,
      Function<SqlConnection, Future<T>> work,
      Duration patience,
      Runnable release) {
    return new Transaction<>(connection, work, release).run(patience);
  }

  private Future<T> run(Duration patience) {
    return whole()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException ? givenUp(failure) : failure));
  }

  private Future<T> whole() {
    return connection
        .query("begin")
        .execute()
        .compose(begun -> Failing.call(() -> work.apply(connection)))
        .compose(this::commit)
        .recover(
            failure ->
                connection
                    .query("rollback")
                    .execute()
                    .transform(done -> Future.<T>failedFuture(failure)))
        .onComplete(done -> release.run());
  }

  /** A PostgreSQL error means refused for certain; anything else leaves the outcome open. */
  private Future<T> commit(T result) {
    if (!phase.compareAndSet(Phase.WORKING, Phase.COMMITTING)) {
      return Future.failedFuture(RequestError.of(ErrorCode.TIMEOUT));
    }
    return connection
        .query("commit")
        .execute()
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
