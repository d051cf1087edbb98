package io.magpie.testkit;

import io.magpie.app.StartFailure;
import io.magpie.app.embedded.DataDirectory;
import io.magpie.app.embedded.EmbeddedServices;
import io.magpie.app.embedded.Endpoints;
import io.magpie.app.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real PostgreSQL and Redis for tests: started by the first test of a JVM that asks, shared by
 * all of it, stopped when the JVM ends. The cluster in {@code target/test-services} is made once
 * and used again by later runs, its databases are new in each.
 */
public final class EmbeddedForTests {
  private static final int REDIS_DATABASES = 64;
  private static final int RUNS_AT_ONCE = 8;

  private final DataDirectory directory;
  private final EmbeddedServices services;
  private int databases;

  private EmbeddedForTests(DataDirectory directory, EmbeddedServices services) {
    this.directory = directory;
    this.services = services;
  }

  /** The shared database {@code magpie}, empty when the JVM's first test asks for it. */
  public static Endpoints endpoints() {
    return Running.INSTANCE.services.endpoints();
  }

  /**
   * A new empty database with owner and application role, and a logical database of Redis.
   * Published messages of Redis cross logical databases: what must be apart there needs channel
   * names of its own.
   *
   * @param name lower-case letters, digits and underscores; an existing one is dropped first
   */
  public static Endpoints freshDatabase(String name) {
    return Running.INSTANCE.fresh(name);
  }

  /** A fresh database of which PostgreSQL writes down every statement. */
  public static StatementLog loggedDatabase(String name) {
    return Running.INSTANCE.logged(name);
  }

  private StatementLog logged(String name) {
    Endpoints endpoints = fresh(name);
    try (Connection connection = asSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE \"" + name + "\" SET log_statement = 'all'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new StatementLog(endpoints, newestLog());
  }

  private Path newestLog() {
    Path logs = directory.root().resolve("postgres").resolve("data").resolve("log");
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The shared Redis for what a node may not do. */
  public static String redisAdminUri() {
    return Running.INSTANCE.services.redisAdminUri();
  }

  /** The Redis that the server brings along. */
  public static Path redisExecutable() {
    try {
      return Path.of("/proc/" + Running.INSTANCE.services.redisPid() + "/exe").toRealPath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized Endpoints fresh(String name) {
    drop(List.of(name));
    Endpoints made = services.withDatabase(name);
    databases = databases % (REDIS_DATABASES - 1) + 1; // 0 is the shared one
    String redis = made.redisUri().replaceFirst("/0$", "/" + databases);
    return new Endpoints(made.postgresUri(), made.postgresOwnerUri(), redis);
  }

  private static final class Running {
    static final EmbeddedForTests INSTANCE = start();
  }

  private static EmbeddedForTests start() {
    for (int run = 1; run <= RUNS_AT_ONCE; run++) {
      Path path = Path.of("target", "test-services" + (run == 1 ? "" : "-" + run));
      try {
        return startHealthy(path);
      } catch (StartFailure failure) {
        if (!failure.code().equals("data-directory-in-use")) {
          throw failure;
        }
      }
    }
    throw new IllegalStateException(RUNS_AT_ONCE + " test runs use this build directory at once");
  }

  /** A cluster that an aborted run has spoiled is made anew, once. */
  private static EmbeddedForTests startHealthy(Path path) {
    try {
      return startIn(path);
    } catch (StartFailure failure) {
      if (failure.code().equals("data-directory-in-use")) {
        throw failure;
      }
      delete(path);
      return startIn(path);
    }
  }

  private static EmbeddedForTests startIn(Path path) {
    DataDirectory directory = DataDirectory.open(path);
    try {
      EmbeddedForTests kit = new EmbeddedForTests(directory, EmbeddedServices.start(directory));
      Runtime.getRuntime().addShutdownHook(new Thread(kit::stop, "stop-test-services"));
      kit.dropAll();
      return kit;
    } catch (StartFailure failure) {
      directory.close();
      throw failure;
    }
  }

  private void stop() {
    services.close();
    directory.close();
  }

  /** Databases of earlier runs. */
  private void dropAll() {
    List<String> names = new ArrayList<>();
    try (Connection connection = asSuperuser();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    drop(names);
    services.withDatabase("magpie");
  }

  private void drop(List<String> names) {
    try (Connection connection = asSuperuser();
        Statement statement = connection.createStatement()) {
      for (String name : names) {
        statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection asSuperuser() throws SQLException {
    String address = services.endpoints().postgresUri().replaceFirst("^.*@", "");
    String server = address.replaceFirst("/.*$", "");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + server + "/postgres",
        "postgres",
        Secrets.of(directory).get("postgres.postgres"));
  }

  private static void delete(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot make " + root + " anew", e);
    }
  }
}
