package io.magpie.storage;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application role's pool. Every wait has its limit in {@link PoolSettings}; a lock is waited
 * for three fifths of a statement's time. Waiters beyond the limit are refused at once with {@code
 * overloaded}.
 */
public final class Database {
  /**
   * How much longer than PostgreSQL itself the client waits: half-open links (P9). Half as long
   * where statements are short.
   */
  private static final Duration MOST_GRACE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int VICTIM_RETRIES = 3;

  private final Pool pool;
  private final PoolSettings settings;
  private final Duration answerTimeout;
  private final Transaction.Ends ends;
  private final PoolMetrics metrics;

  private Database(
      Pool pool, PoolSettings settings, Duration answerTimeout, Transaction.Ends ends) {
    this.pool = pool;
    this.settings = settings;
    this.answerTimeout = answerTimeout;
    this.ends = ends;
    this.metrics = new PoolMetrics(settings.size());
  }

  /**
   * Opens the pool; connects lazily.
   *
   * @param uri {@code postgresql://user:password@host:port/database}
   */
  public static Database open(Vertx vertx, String uri, PoolSettings settings) {
    return open(vertx, connect(uri, settings, "magpie"), settings, Transaction.Ends.REAL);
  }

  /**
   * A database in which nothing stays. Its one connection is in a transaction from the beginning,
   * and nothing ends that: what is written is seen here and by nobody else, and is gone with the
   * connection. After a failed statement every other one fails. A connection without that
   * transaction could only read.
   *
   * @param settings the size counts as 1
   */
  public static Database rehearsal(Vertx vertx, String uri, PoolSettings settings) {
    PgConnectOptions connect =
        connect(uri, settings, "magpie-rehearsal")
            .addProperty("default_transaction_read_only", "on");
    PoolSettings one =
        new PoolSettings(
            1,
            settings.waiters(),
            settings.connectTimeout(),
            settings.statementTimeout(),
            settings.patience());
    return open(vertx, connect, one, Transaction.Ends.NONE);
  }

  private static void beginForGood(SqlConnection connection) {
    connection
        .query("begin read write")
        .execute()
        .onFailure(failure -> LOG.warn("a rehearsal cannot begin: {}", failure.toString()))
        .onComplete(done -> connection.close());
  }

  private static Database open(
      Vertx vertx, PgConnectOptions connect, PoolSettings settings, Transaction.Ends ends) {
    Duration answerTimeout = answerTimeout(settings);
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(settings.size())
            .setMaxWaitQueueSize(settings.waiters())
            .setConnectionTimeout((int) settings.connectTimeout().toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(5)
            .setIdleTimeoutUnit(TimeUnit.MINUTES)
            .setMaxLifetime(25 + ThreadLocalRandom.current().nextInt(10))
            .setMaxLifetimeUnit(TimeUnit.MINUTES);
    ClientBuilder<Pool> builder =
        PgBuilder.pool()
            .with(options)
            .with(network(settings.connectTimeout(), answerTimeout))
            .connectingTo(connect)
            .using(vertx);
    if (ends == Transaction.Ends.NONE) {
      builder.withConnectHandler(Database::beginForGood);
    }
    return new Database(builder.build(), settings, answerTimeout, ends);
  }

  private static PgConnectOptions connect(String uri, PoolSettings settings, String name) {
    PgConnectOptions connect =
        PgConnectOptions.fromUri(uri)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(256)
            .setPipeliningLimit(16)
            .addProperty("application_name", name);
    connect.getProperties().putAll(session(settings));
    return connect;
  }

  private static Duration answerTimeout(PoolSettings settings) {
    return settings.statementTimeout().plus(grace(settings));
  }

  private static Duration grace(PoolSettings settings) {
    Duration half = settings.statementTimeout().dividedBy(2);
    return half.compareTo(MOST_GRACE) < 0 ? half : MOST_GRACE;
  }

  /** The usual waits with another number of connections. */
  public static Database open(Vertx vertx, String uri, int size) {
    return open(vertx, uri, new PoolSettings(size, PoolSettings.DEFAULT.waiters()));
  }

  /** A peer that vanished is noticed by the kernel, not after its fifteen retransmissions. */
  private static NetClientOptions network(Duration connectTimeout, Duration answerTimeout) {
    return new NetClientOptions()
        .setConnectTimeout((int) connectTimeout.toMillis())
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setTcpUserTimeout((int) answerTimeout.toMillis());
  }

  private static Map<String, String> session(PoolSettings settings) {
    return Map.of(
        "statement_timeout",
        String.valueOf(settings.statementTimeout().toMillis()),
        "lock_timeout",
        String.valueOf(settings.statementTimeout().toMillis() * 3 / 5),
        // Planning for every month's partition costs more than running the query.
        "plan_cache_mode",
        "force_generic_plan",
        // Made when a table was new and empty, such a plan would read all of it for ever.
        "enable_seqscan",
        "off",
        // Where there is no index the planner now expects a fortune, and would compile for it.
        "jit",
        "off",
        "idle_in_transaction_session_timeout",
        String.valueOf(settings.statementTimeout().toMillis() * 2));
  }

  /** {@link PoolSettings#patience}. */
  public Duration patience() {
    return settings.patience();
  }

  /** One statement outside of a transaction. */
  public Future<RowSet<Row>> query(String sql, Tuple values) {
    return query(sql, values, answerTimeout);
  }

  /** The same for somebody who waits no longer than {@link #patience}. */
  public Future<RowSet<Row>> promptQuery(String sql, Tuple values) {
    return query(sql, values, shorter(patience(), answerTimeout));
  }

  private Future<RowSet<Row>> query(String sql, Tuple values, Duration longest) {
    return connection()
        .compose(
            connection ->
                Failing.call(() -> connection.preparedQuery(sql).execute(values))
                    .onComplete(done -> release(connection)))
        .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(refine(failure)));
  }

  /**
   * Runs {@code work} in one transaction and commits. Deadlock victims are run again up to three
   * times, so {@code work} must not touch anything but the transaction.
   *
   * @return fails with {@link OutcomeUnknown} when the answer to COMMIT was lost
   */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return transaction(work, settings.connectTimeout().plus(answerTimeout));
  }

  /**
   * The same for somebody who waits no longer than {@code patience}, the wait for a connection and
   * all tries included.
   *
   * @return fails with {@code timeout} where it is over before COMMIT was sent: then nothing is
   *     written, also not later
   */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work, Duration patience) {
    return attempt(work, VICTIM_RETRIES, System.nanoTime() + patience.toNanos());
  }

  private Future<SqlConnection> connection() {
    long since = metrics.wanted();
    return Failing.call(pool::getConnection)
        .onSuccess(connection -> metrics.acquired(since))
        .onFailure(failure -> metrics.failed());
  }

  private void release(SqlConnection connection) {
    metrics.released();
    connection.close();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private <T> Future<T> attempt(
      Function<SqlConnection, Future<T>> work, int retries, long deadline) {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (left.toMillis() <= 0) {
      return Future.failedFuture(RequestError.of(ErrorCode.TIMEOUT));
    }
    return new Transaction<>(work, this::release, ends)
        .run(this::connection, left, answerTimeout)
        .recover(
            failure ->
                SqlFailures.victim(failure) && retries > 0
                    ? attempt(work, retries - 1, deadline)
                    : Future.failedFuture(refine(failure)));
  }

  private static Throwable refine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("max wait queue size")) {
      return RequestError.retryAfter(ErrorCode.OVERLOADED, Duration.ofSeconds(1));
    }
    Throwable told = SqlFailures.translate(failure);
    if (told != failure) {
      LOG.atWarn().addKeyValue("cause", failure.toString()).log("the database failed");
    }
    return told;
  }

  /** Whether the database answers through the pool. */
  public Future<Void> probe() {
    return query("select 1", Tuple.tuple()).mapEmpty();
  }

  /** Shows the pool in {@code registry}. */
  public void bindTo(MeterRegistry registry) {
    metrics.bindTo(registry);
  }

  /** Starts closing; connections in use finish first. */
  public Future<Void> stop() {
    return pool.close();
  }
}
