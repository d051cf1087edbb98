package io.magpie.peers;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.Jdbc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL and Redis of Debian, set up as an operator would: own accounts, a password for each
 * role, loopback only. Ends with {@link #close}.
 */
final class DebianServices implements AutoCloseable {
  private static final Path REDIS = Path.of("/usr/bin/redis-server");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Path root;
  private final int postgresPort;
  private final int redisPort;
  private final List<Process> running = new ArrayList<>();

  private DebianServices(Path root, int postgresPort, int redisPort) {
    this.root = root;
    this.postgresPort = postgresPort;
    this.redisPort = redisPort;
  }

  /**
   * Starts both.
   *
   * @param postgresOptions more of PostgreSQL's own options, such as {@code -c fsync=off}
   */
  static DebianServices start(String... postgresOptions) throws Exception {
    Path root = Files.createTempDirectory("peers");
    DebianServices services = new DebianServices(root, freePort(), freePort());
    services.startPostgres(postgresOptions);
    services.startRedis();
    return services;
  }

  Endpoints endpoints() {
    return new Endpoints(uri("magpie_app", "magpie"), uri("magpie_owner", "magpie"), redisUri());
  }

  private String redisUri() {
    return "redis://:secret-redis@127.0.0.1:" + redisPort + "/0";
  }

  private String uri(String role, String database) {
    return "postgresql://"
        + role
        + ":secret-"
        + role
        + "@127.0.0.1:"
        + postgresPort
        + "/"
        + database;
  }

  private void startPostgres(String... options) throws Exception {
    Path data = root.resolve("pg");
    Path password = Files.writeString(root.resolve("password"), "secret-postgres\n");
    List<String> initdb =
        List.of(
            binaries().resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "postgres",
            "--auth=scram-sha-256",
            "--pwfile=" + password,
            "-E",
            "UTF8",
            "--locale=C.UTF-8");
    give(root);
    Process made = asPostgres(initdb).start();
    if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IllegalStateException("initdb failed, see " + root.resolve("log"));
    }
    List<String> server = new ArrayList<>();
    server.addAll(
        List.of(
            binaries().resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(postgresPort),
            "-c",
            "listen_addresses=127.0.0.1",
            "-k",
            root.toString()));
    server.addAll(List.of(options));
    running.add(asPostgres(server).start());
    await(postgresPort);
    roles();
  }

  private void roles() throws Exception {
    String admin = uri("postgres", "postgres");
    Instant last = Instant.now().plus(LONGEST);
    while (true) {
      try {
        Jdbc.one(admin, "select 1");
        break;
      } catch (SQLException starting) {
        if (Instant.now().isAfter(last)) {
          throw starting;
        }
        Thread.onSpinWait();
      }
    }
    Jdbc.execute(admin, "create role magpie_owner login password 'secret-magpie_owner'");
    Jdbc.execute(admin, "create role magpie_app login password 'secret-magpie_app'");
    Jdbc.execute(
        admin, "create database magpie owner magpie_owner encoding 'UTF8' template template0");
    String owner = uri("magpie_owner", "magpie");
    Jdbc.execute(
        owner,
        "alter default privileges grant select, insert, update, delete on tables to magpie_app");
    Jdbc.execute(owner, "alter default privileges grant usage on sequences to magpie_app");
  }

  private void startRedis() throws Exception {
    running.add(
        log(new ProcessBuilder(
                REDIS.toString(),
                "--port",
                String.valueOf(redisPort),
                "--bind",
                "127.0.0.1",
                "--requirepass",
                "secret-redis",
                "--save",
                "",
                "--dir",
                root.toString()))
            .start());
    await(redisPort);
  }

  /** PostgreSQL refuses to run as root: as root it runs as Debian's own account. */
  private ProcessBuilder asPostgres(List<String> command) {
    List<String> whole = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    whole.addAll(command);
    return log(new ProcessBuilder(whole));
  }

  private ProcessBuilder log(ProcessBuilder builder) {
    return builder
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("log").toFile()));
  }

  private static void give(Path root) throws Exception {
    if ("root".equals(System.getProperty("user.name"))) {
      new ProcessBuilder("chown", "-R", "postgres", root.toString()).start().waitFor();
    }
  }

  private static Path binaries() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.max(Path::compareTo).orElseThrow().resolve("bin");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port) {
    Instant last = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(last)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    throw new IllegalStateException("nothing listens on port " + port);
  }

  @Override
  public void close() throws IOException {
    try {
      for (Process process : running) {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
