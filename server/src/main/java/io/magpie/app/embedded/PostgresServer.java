package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The running PostgreSQL: loopback only, no Unix socket, everything that makes a commit true on.
 */
final class PostgresServer {
  /** Fast shutdown (clients are cut, a checkpoint is written), then at once, then by force. */
  static final List<StopStep> STOPPING =
      List.of(
          new StopStep("INT", Duration.ofSeconds(25)),
          new StopStep("QUIT", Duration.ofSeconds(6)),
          new StopStep("KILL", Duration.ofSeconds(5)));

  /** Command line settings win over postgresql.conf and ALTER SYSTEM. */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("listen_addresses", "127.0.0.1"),
              Map.entry("unix_socket_directories", ""),
              Map.entry("password_encryption", "scram-sha-256"),
              Map.entry("max_connections", "100"),
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              Map.entry("shared_buffers", "128MB"),
              Map.entry("work_mem", "8MB"),
              Map.entry("maintenance_work_mem", "64MB"),
              Map.entry("effective_cache_size", "512MB"),
              Map.entry("max_wal_size", "512MB"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC"),
              Map.entry("logging_collector", "on"),
              Map.entry("log_directory", "log"),
              Map.entry("log_filename", "postgresql-%a.log"), // one per weekday, then overwritten
              Map.entry("log_truncate_on_rotation", "on"),
              Map.entry("log_rotation_age", "1d"),
              Map.entry("log_rotation_size", "0"),
              Map.entry("log_line_prefix", "%m [%p] ")));

  private static final int STARTS = 6;
  private static final int STATUS_LINE = 7; // LOCK_FILE_LINE_PM_STATUS of PostgreSQL, from 0
  private static final Duration LOOK_EVERY = Duration.ofMillis(30);
  // Recovery after a crash replays the log first; it is alive all the while.
  private static final Duration READY_DEADLINE = Duration.ofMinutes(3);

  private final DataDirectory directory;
  private final Child child;
  private final PostgresAdmin admin;

  private PostgresServer(DataDirectory directory, Child child, PostgresAdmin admin) {
    this.directory = directory;
    this.child = child;
    this.admin = admin;
  }

  static PostgresServer start(
      DataDirectory directory, PostgresCluster cluster, Secrets secrets, Ports ports)
      throws IOException {
    cluster.prepare(secrets);
    String said = "";
    for (int attempt = 0; attempt < STARTS; attempt++) {
      int port = ports.pick();
      Child child = Child.start(directory, "postgres", cluster.server(settings(port)));
      PostgresServer server =
          new PostgresServer(directory, child, new PostgresAdmin(port, secrets));
      if (server.becameReadyOrStops()) {
        return server;
      }
      said = server.lastWords();
      server.stop();
      if (!passes(said)) {
        break;
      }
      Child.pause(Duration.ofMillis(200));
    }
    throw failed(directory, said);
  }

  /** The port was taken a moment ago, or processes of a killed server have not quite ended. */
  private static boolean passes(String said) {
    return said.contains("could not bind")
        || said.contains("could not create any TCP/IP sockets")
        || said.contains("pre-existing shared memory block");
  }

  private static List<String> settings(int port) {
    List<String> line = new ArrayList<>();
    line.add("--port=" + port);
    SETTINGS.forEach((name, value) -> line.add("--" + name + "=" + value));
    return line;
  }

  PostgresAdmin admin() {
    return admin;
  }

  long pid() {
    return child.pid();
  }

  void stop() throws IOException {
    child.stop(STOPPING);
  }

  private boolean becameReadyOrStops() throws IOException {
    try {
      return becameReady();
    } catch (IOException | RuntimeException e) {
      stop();
      throw e;
    }
  }

  private boolean becameReady() throws IOException {
    long end = System.nanoTime() + READY_DEADLINE.toNanos();
    while (child.isRunning()) {
      if (saysReady() && accepts()) {
        return true;
      }
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      Child.pause(LOOK_EVERY);
    }
    return false;
  }

  /**
   * Asked in its own pid file before anybody connects: on a port that was taken meanwhile somebody
   * else would answer, or never.
   */
  private boolean saysReady() throws IOException {
    Path pidFile = directory.postgres().resolve("data/postmaster.pid");
    List<String> lines = Disk.linesIfThere(pidFile);
    return lines.size() > STATUS_LINE
        && lines.get(0).strip().equals(String.valueOf(child.pid()))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  private boolean accepts() throws IOException {
    Optional<SQLException> refused = admin.probe();
    if (refused.isPresent() && "28P01".equals(refused.get().getSQLState())) {
      throw new StartFailure(
          "secrets-do-not-fit",
          "The password in "
              + directory.secrets()
              + " is not that of the PostgreSQL in "
              + directory.root()
              + ". Restore the file that belongs to it.");
    }
    return refused.isEmpty();
  }

  /** Its own output, then the end of its log. */
  private String lastWords() throws IOException {
    Path logs = directory.postgres().resolve("data/log");
    Optional<Path> newest =
        Disk.list(logs).stream()
            .max(Comparator.comparingLong(path -> path.toFile().lastModified()));
    String log = newest.isPresent() ? tail(newest.get()) : "";
    return child.output() + "\n" + log;
  }

  private static String tail(Path file) throws IOException {
    String all = Files.readString(file, StandardCharsets.ISO_8859_1);
    return all.substring(Math.max(0, all.length() - 2_000));
  }

  private static StartFailure failed(DataDirectory directory, String said) {
    String what = "Starting PostgreSQL";
    return Disk.known(what, directory.root(), said)
        .orElseGet(
            () ->
                new StartFailure(
                    "postgres-start-failed",
                    what
                        + " failed: "
                        + Sentences.lastError(said)
                        + " Its log is in "
                        + directory.postgres().resolve("data/log")
                        + "."));
  }
}
