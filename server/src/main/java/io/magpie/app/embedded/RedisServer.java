package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * The running Redis: loopback only, random passwords, nothing on disk but its log. The server's own
 * user may do what it needs and no more (R11 of the traps): no scripts, no configuration, no keys
 * or channels of others.
 */
final class RedisServer {
  static final List<StopStep> STOPPING =
      List.of(
          new StopStep("TERM", Duration.ofSeconds(5)), new StopStep("KILL", Duration.ofSeconds(5)));

  /**
   * Writes are refused rather than keys dropped when memory is full: a lease that vanishes early
   * would be wrong, one that cannot be taken is a visible error. Logical databases are for tests.
   */
  private static final String CONFIGURATION =
      """
      bind 127.0.0.1
      port %d
      protected-mode yes
      requirepass %s
      user magpie on >%s resetkeys resetchannels ~magpie:* &magpie:* -@all %s
      daemonize no
      databases 64
      save ""
      appendonly no
      maxmemory 256mb
      maxmemory-policy noeviction
      dir "%s"
      logfile "%s"
      pidfile "%s"
      loglevel notice
      """;

  /** The same list as in cluster-config/redis; this version has no sharded publish/subscribe. */
  static final String COMMANDS =
      "+ping +hello +auth +select +subscribe +unsubscribe +publish +pubsub|numsub"
          + " +get +set +incr +decr +del +pexpire +pttl";

  private static final int STARTS = 5;
  private static final long LOG_BYTES = 4L << 20;
  private static final Duration READY_DEADLINE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final Child child;
  private final int port;
  private final String password;
  private final String adminPassword;
  private final Path pidFile;

  private RedisServer(Child child, int port, String password, String adminPassword, Path pidFile) {
    this.child = child;
    this.port = port;
    this.password = password;
    this.adminPassword = adminPassword;
    this.pidFile = pidFile;
  }

  static RedisServer start(DataDirectory directory, Path executable, Secrets secrets, Ports ports)
      throws IOException {
    String admin = secrets.get("redis");
    String password = secrets.get("redis.magpie");
    Path log = directory.redis().resolve("redis.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
      Files.move(log, log.resolveSibling("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    String said = "";
    for (int attempt = 0; attempt < STARTS; attempt++) {
      int port = ports.pick();
      Path configuration = configure(directory.redis(), port, admin, password, log);
      Child child =
          Child.start(
              directory, "redis-server", List.of(executable.toString(), configuration.toString()));
      RedisServer server =
          new RedisServer(child, port, password, admin, pidFile(directory.redis()));
      if (server.becameReady()) {
        return server;
      }
      server.stop();
      said = child.output() + (Files.exists(log) ? Files.readString(log) : "");
    }
    String last = said;
    throw Disk.known("Starting Redis", directory.root(), last)
        .orElseGet(
            () ->
                new StartFailure(
                    "redis-start-failed",
                    "Starting Redis failed: "
                        + Sentences.lastLine(last)
                        + " Its log is "
                        + log
                        + "."));
  }

  private static Path configure(Path directory, int port, String admin, String password, Path log)
      throws IOException {
    Files.deleteIfExists(pidFile(directory));
    Path file = directory.resolve("redis.conf");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        CONFIGURATION.formatted(
            port, admin, password, COMMANDS, directory, log, pidFile(directory)));
  }

  String uri() {
    return "redis://magpie:" + password + "@127.0.0.1:" + port + "/0";
  }

  /** For whoever looks after the server: every command. */
  String adminUri() {
    return "redis://:" + adminPassword + "@127.0.0.1:" + port + "/0";
  }

  long pid() {
    return child.pid();
  }

  void stop() throws IOException {
    child.stop(STOPPING);
  }

  private boolean becameReady() throws IOException {
    long end = System.nanoTime() + READY_DEADLINE.toNanos();
    while (child.isRunning()
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      if (hasItsPort() && RedisProbe.answers(port, adminPassword)) {
        return true;
      }
      Child.pause(LOOK_EVERY);
    }
    return false;
  }

  /**
   * Redis writes its pid file after it has bound the port. Before, somebody else could be there,
   * who must not be sent the password.
   */
  private boolean hasItsPort() throws IOException {
    return Disk.linesIfThere(pidFile).equals(List.of(String.valueOf(child.pid())));
  }

  private static Path pidFile(Path directory) {
    return directory.resolve("redis.pid");
  }
}
