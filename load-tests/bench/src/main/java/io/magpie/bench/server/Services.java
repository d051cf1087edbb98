package io.magpie.bench.server;

import io.magpie.bench.process.Child;
import io.magpie.bench.process.Family;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A PostgreSQL and a Redis of its own in a new data directory, started by {@code magpie.jar
 * services}: durable, with passwords, on the server's core. Peers use the same ones.
 */
public final class Services implements AutoCloseable {
  private static final String ANALYZE =
      """
      do $$
      declare t regclass;
      begin
        for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'r' and n.nspname = 'public' and pg_relation_size(c.oid) > 0 loop
          execute 'analyze ' || t;
        end loop;
      end $$
      """;

  private final Setup setup;
  private final Path file;
  private final Child child;
  private final Properties settings = new Properties();
  private Optional<Child> openRedis = Optional.empty();
  private String openRedisUri = "";

  private Services(Setup setup, Path file, Child child) {
    this.setup = setup;
    this.file = file;
    this.child = child;
  }

  public static Services start(Setup setup) {
    Path file = setup.directory().resolve("nodes.properties");
    List<String> command = new ArrayList<>(setup.magpie(List.of("-Xmx64m")));
    command.addAll(List.of("services", file.toString()));
    Child child =
        Child.start(
            "services",
            setup.directory(),
            setup.cores().server(),
            command,
            Map.of("MAGPIE_DATA_DIR", setup.directory().resolve("data").toString()));
    Services services = new Services(setup, file, child);
    child.await(() -> Files.exists(file));
    try (Reader reader = Files.newBufferedReader(file)) {
      services.settings.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return services;
  }

  public Setup setup() {
    return setup;
  }

  /** Settings with which a node uses them. */
  Path file() {
    return file;
  }

  /** A second Redis, of the same binary, without rights that are only for Magpie. */
  synchronized String openRedisUri() {
    if (openRedis.isEmpty()) {
      int port = FreePorts.take(1)[0];
      List<String> command = new ArrayList<>(List.of(redisBinary().toString()));
      command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
      command.addAll(List.of("--save", "", "--appendonly", "no"));
      openRedis =
          Optional.of(
              Child.start("redis", setup.directory(), setup.cores().server(), command, Map.of()));
      openRedisUri = "redis://127.0.0.1:" + port;
    }
    return openRedisUri;
  }

  private Path redisBinary() {
    try (Stream<Path> files = Files.walk(setup.directory().resolve("data").resolve("bin"))) {
      return files.filter(file -> file.endsWith("redis-server")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the role that may make tables. */
  String postgresOwnerUri() {
    return settings.getProperty("MAGPIE_POSTGRES_OWNER_URI");
  }

  /** As the role that may make tables. */
  Connection owner() throws SQLException {
    URI uri = URI.create(postgresOwnerUri());
    String[] login = uri.getUserInfo().split(":");
    String url = "jdbc:" + "postgresql://127.0.0.1:" + uri.getPort() + uri.getPath();
    return DriverManager.getConnection(url, login[0], login[1]);
  }

  /**
   * Lets PostgreSQL look at what was made a moment ago. In a database that is a few minutes old it
   * has done so by itself; before that it guesses, and reads whole tables. As it does by itself:
   * partitions and not what they are partitions of, and nothing that is empty.
   */
  void analyze() {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      statement.execute(ANALYZE);
    } catch (SQLException e) {
      throw new IllegalStateException("analyze: " + e.getMessage(), e);
    }
  }

  Family family() {
    Family family = new Family().with("services", child.pid());
    openRedis.ifPresent(redis -> family.with("Redis", redis.pid()));
    return family;
  }

  @Override
  public void close() {
    openRedis.ifPresent(Child::close);
    child.close();
  }
}
