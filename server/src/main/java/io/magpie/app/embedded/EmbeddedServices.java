package io.magpie.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL and Redis as children of this server, on loopback ports chosen at each start.
 *
 * <p>Both calls block: {@link #start} for about a second on a prepared data directory and a few on
 * a new one, {@link #close} for as long as PostgreSQL writes its last checkpoint, at most 36 s. The
 * caller owns the data directory and closes it after the services.
 */
public final class EmbeddedServices implements AutoCloseable {
  static final String DATABASE = "magpie";

  private final DataDirectory directory;
  private final StartGuard guard;
  private final PostgresServer postgres;
  private final RedisServer redis;

  private EmbeddedServices(
      DataDirectory directory, StartGuard guard, PostgresServer postgres, RedisServer redis) {
    this.directory = directory;
    this.guard = guard;
    this.postgres = postgres;
    this.redis = redis;
  }

  /**
   * Stops what a killed server left, then starts both services and makes roles and database.
   *
   * <p>A JVM that is told to end stops them by itself until {@link #handOver}.
   *
   * @throws io.magpie.app.StartFailure when either cannot start; nothing is left running then
   */
  public static EmbeddedServices start(DataDirectory directory) {
    return Disk.attempt(
        "Starting the embedded services", directory.root(), () -> startIn(directory, Ports.FREE));
  }

  static EmbeddedServices startIn(DataDirectory directory, Ports ports) throws IOException {
    StartGuard guard = StartGuard.over(directory);
    try {
      return startIn(directory, ports, guard);
    } catch (IOException | RuntimeException e) {
      guard.release();
      throw e;
    } finally {
      guard.started();
    }
  }

  private static EmbeddedServices startIn(DataDirectory directory, Ports ports, StartGuard guard)
      throws IOException {
    Binaries binaries = new Binaries(directory, Platform.current());
    new Orphans(directory).stop();
    binaries.removeRemainders();
    Secrets secrets = Secrets.of(directory);
    Path redisExecutable = binaries.redis();
    PostgresServer postgres =
        PostgresServer.start(
            directory,
            new PostgresCluster(directory, binaries.postgres(), RunAs.detect()),
            secrets,
            ports);
    try {
      postgres.admin().ensure(DATABASE);
      RedisServer redis = RedisServer.start(directory, redisExecutable, secrets, ports);
      return new EmbeddedServices(directory, guard, postgres, redis);
    } catch (IOException | RuntimeException e) {
      postgres.stop();
      throw e;
    }
  }

  /** Where the services of the database {@code magpie} are. */
  public Endpoints endpoints() {
    return endpoints(DATABASE);
  }

  /**
   * Makes one more database with the same two roles, if it is missing.
   *
   * @param database lower-case letters, digits and underscores, at most 51
   */
  public Endpoints withDatabase(String database) {
    postgres.admin().ensure(database);
    return endpoints(database);
  }

  private Endpoints endpoints(String database) {
    return new Endpoints(
        postgres.admin().uri(PostgresAdmin.APPLICATION, database),
        postgres.admin().uri(PostgresAdmin.OWNER, database),
        redis.uri());
  }

  /** Process id of PostgreSQL's first process. */
  public long postgresPid() {
    return postgres.pid();
  }

  /** Redis as the user that may do everything; the server itself never uses it. */
  public String redisAdminUri() {
    return redis.adminUri();
  }

  /** Process id of Redis. */
  public long redisPid() {
    return redis.pid();
  }

  /** Completes when one of the two has ended by itself. */
  public CompletableFuture<Void> ended() {
    return CompletableFuture.anyOf(exit(postgres.pid()), exit(redis.pid()))
        .thenApply(first -> null);
  }

  private static CompletableFuture<?> exit(long pid) {
    return ProcessHandle.of(pid)
        .<CompletableFuture<?>>map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** From now on the caller sees to it that a JVM that ends closes them. */
  public void handOver() {
    guard.release();
  }

  /** Stops Redis, then PostgreSQL. Call it after everything that uses them has ended. */
  @Override
  public void close() {
    Disk.attempt(
        "Stopping the embedded services",
        directory.root(),
        () -> {
          try {
            redis.stop();
          } finally {
            postgres.stop();
            guard.release();
          }
          return directory;
        });
  }
}
