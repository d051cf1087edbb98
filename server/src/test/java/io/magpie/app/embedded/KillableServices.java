package io.magpie.app.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The embedded PostgreSQL and Redis, each of which can be killed, frozen, stopped in PostgreSQL's
 * several ways, and started again at its port. For one thread at a time.
 */
public final class KillableServices implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BACKENDS =
      "select pid from pg_stat_activity where usename = 'magpie_app' and backend_type = 'client"
          + " backend'";

  private final DataDirectory directory;
  private final Secrets secrets;
  private final PostgresCluster cluster;
  private final Path redisExecutable;
  private final int postgresPort;
  private final int redisPort;
  private PostgresServer postgres;
  private RedisServer redis;

  private KillableServices(DataDirectory directory, int postgresPort, int redisPort) {
    Binaries binaries = new Binaries(directory, Platform.current());
    new Orphans(directory).stop();
    binaries.removeRemainders();
    this.directory = directory;
    this.secrets = Secrets.of(directory);
    this.redisExecutable = binaries.redis();
    this.cluster = new PostgresCluster(directory, binaries.postgres(), RunAs.detect());
    this.postgresPort = postgresPort;
    this.redisPort = redisPort;
  }

  /**
   * Starts both, on a data directory that may be there from an earlier run.
   *
   * @throws io.magpie.app.StartFailure {@code data-directory-in-use} while another run has it
   */
  public static KillableServices start(Path path, int postgresPort, int redisPort) {
    return start(path, postgresPort, redisPort, place -> {});
  }

  /**
   * The same on a place of its own for PostgreSQL.
   *
   * @param prepare gets the directory that PostgreSQL's will be in, when nobody else uses it
   */
  public static KillableServices start(
      Path path, int postgresPort, int redisPort, Consumer<Path> prepare) {
    DataDirectory directory = DataDirectory.open(path);
    KillableServices services = null;
    try {
      services = new KillableServices(directory, postgresPort, redisPort);
      prepare.accept(directory.postgres());
      services.startPostgres();
      services.startRedis();
      return services;
    } catch (RuntimeException e) {
      if (services != null) {
        services.close();
      } else {
        directory.close();
      }
      throw e;
    }
  }

  /** A new empty database; one of this name is dropped. */
  public synchronized Endpoints freshDatabase(String name) {
    execute("drop database if exists \"" + name + "\" with (force)");
    postgres.admin().ensure(name);
    return new Endpoints(
        postgres.admin().uri(PostgresAdmin.APPLICATION, name),
        postgres.admin().uri(PostgresAdmin.OWNER, name),
        redis.uri());
  }

  public int postgresPort() {
    return postgresPort;
  }

  public int redisPort() {
    return redisPort;
  }

  /** Starts PostgreSQL and waits until it answers, crash recovery included. */
  public synchronized void startPostgres() {
    postgres =
        attempt(
            "Starting PostgreSQL",
            () -> PostgresServer.start(directory, cluster, secrets, () -> postgresPort));
  }

  public synchronized void startRedis() {
    redis =
        attempt(
            "Starting Redis",
            () -> RedisServer.start(directory, redisExecutable, secrets, () -> redisPort));
  }

  /** The first process and all backends, at once. */
  public synchronized void killPostgres() {
    end(postgres.pid(), "KILL");
  }

  /** As {@code pg_ctl stop -m fast}: clients are cut, a checkpoint is written. */
  public synchronized void stopPostgresFast() {
    end(postgres.pid(), "INT");
  }

  /** As {@code pg_ctl stop -m immediate}: no checkpoint, recovery at the next start. */
  public synchronized void stopPostgresImmediately() {
    end(postgres.pid(), "QUIT");
  }

  public synchronized void killRedis() {
    end(redis.pid(), "KILL");
  }

  /** Kills one backend of the application, upon which PostgreSQL restarts all of them. */
  public synchronized long killBackend(Random random) {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(BACKENDS + " order by pid")) {
      List<Long> pids = new ArrayList<>();
      while (rows.next()) {
        pids.add(rows.getLong(1));
      }
      long pid = pids.get(random.nextInt(pids.size()));
      signal(pid, "KILL");
      return pid;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public long redisPid() {
    return redis.pid();
  }

  public long postgresPid() {
    return postgres.pid();
  }

  public synchronized boolean postgresRuns() {
    return ProcessMark.ofRunning(postgres.pid()).isPresent();
  }

  /** Whether PostgreSQL takes connections. */
  public boolean postgresAnswers() {
    try (Connection connection = superuser()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Starts it where it is gone; ends what is left of it first. */
  public synchronized void restartPostgres() {
    end(postgres.pid(), "QUIT");
    startPostgres();
  }

  public synchronized boolean redisRuns() {
    return ProcessMark.ofRunning(redis.pid()).isPresent();
  }

  /** A statement of the superuser, outside of any transaction. */
  public void execute(String sql) {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection superuser() throws SQLException {
    return superuser("postgres");
  }

  /** Who may set what others may not. */
  public Connection superuser(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database,
        PostgresCluster.SUPERUSER,
        secrets.get("postgres." + PostgresCluster.SUPERUSER));
  }

  /**
   * A command of Redis, beside all proxies.
   *
   * @return the first line of the answer without its type, also of an error
   */
  public String redis(String... words) {
    return redis(words, BufferedReader::readLine).substring(1);
  }

  /** A command of Redis that is answered by a list of texts. */
  public List<String> redisList(String... words) {
    return redis(
        words,
        answer -> {
          int number = Integer.parseInt(answer.readLine().substring(1));
          List<String> texts = new ArrayList<>();
          for (int i = 0; i < number; i++) {
            answer.readLine();
            texts.add(answer.readLine());
          }
          return texts;
        });
  }

  private interface Reading<T> {
    T from(BufferedReader answer) throws IOException;
  }

  private <T> T redis(String[] words, Reading<T> reading) {
    StringBuilder request = new StringBuilder();
    append(request, "AUTH", secrets.get("redis"));
    append(request, words);
    try (Socket socket = new Socket("127.0.0.1", redisPort)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      answers.readLine();
      return reading.from(answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(StringBuilder request, String... words) {
    request.append('*').append(words.length).append("\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
  }

  /** Whether Redis answers within a second. */
  public boolean redisAnswers() {
    try {
      return redis("PING").equals("PONG");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Also when it is frozen. */
  private static void end(long pid, String signal) {
    List<StopStep> steps = List.of(new StopStep(signal, SOON), new StopStep("KILL", SOON));
    ProcessMark.ofRunning(pid)
        .ifPresent(
            mark -> {
              signal(pid, "CONT");
              StopStep.perform(mark, steps);
            });
  }

  /**
   * Sends a signal.
   *
   * @param name without SIG
   */
  public static void signal(long pid, String name) {
    if (!Command.works(List.of("sh", "-c", "kill -" + name + " " + pid))) {
      throw new IllegalStateException("no " + name + " for process " + pid);
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T attempt(String what, Step<T> step) {
    return Disk.attempt(what, directory.root(), step::run);
  }

  @Override
  public synchronized void close() {
    if (redis != null) {
      end(redis.pid(), "TERM");
    }
    if (postgres != null) {
      end(postgres.pid(), "INT");
    }
    directory.close();
  }
}
