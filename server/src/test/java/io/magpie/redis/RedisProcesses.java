package io.magpie.redis;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.RedisForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Redis servers of one executable, in the shapes that operators build. Ends with {@link #close}.
 */
public final class RedisProcesses implements AutoCloseable {
  static final String USER = "magpie";
  static final String PASSWORD = "secret-of-redis";

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Path executable;
  private final boolean sharded;
  private final Path root;
  private final List<Process> running = new ArrayList<>();

  /**
   * @param sharded whether it has channels by slot
   */
  public RedisProcesses(Path executable, boolean sharded) throws IOException {
    this.executable = executable;
    this.sharded = sharded;
    this.root = Files.createTempDirectory("redis-shapes");
  }

  /**
   * Starts a server that knows {@link #USER}.
   *
   * @param options lines of its configuration
   * @return its port
   */
  int server(String... options) {
    return start("", options);
  }

  /** A Sentinel that looks after the master at this port. */
  int sentinel(int master) {
    return start(
        "--sentinel",
        "sentinel monitor main 127.0.0.1 " + master + " 1",
        "sentinel auth-pass main " + PASSWORD,
        "sentinel down-after-milliseconds main 1000",
        "sentinel failover-timeout main 5000");
  }

  private int start(String mode, String... options) {
    try {
      int port = freePort();
      List<String> lines = new ArrayList<>();
      lines.add("port " + port);
      lines.add("bind 127.0.0.1");
      lines.add("dir " + Files.createDirectory(root.resolve(String.valueOf(port))));
      lines.add("requirepass " + PASSWORD);
      lines.add(mode.isEmpty() ? node() : "user " + USER + " on >" + PASSWORD + " &* +@all");
      if (mode.isEmpty()) {
        lines.add("masterauth " + PASSWORD);
        lines.add("save \"\"");
      }
      lines.addAll(List.of(options));
      Path configuration = Files.write(root.resolve(port + ".conf"), lines);
      List<String> command = new ArrayList<>(List.of(executable.toString(), configuration + ""));
      if (!mode.isEmpty()) {
        command.add(mode);
      }
      running.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(root.resolve(port + ".log").toFile())
              .start());
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The user of a node, as operators are told to make it; older versions know fewer words. */
  private String node() throws IOException {
    String line =
        Files.readAllLines(Path.of("../cluster-config/redis/users.acl")).stream()
            .filter(user -> user.startsWith("user " + USER))
            .findFirst()
            .orElseThrow()
            .replace("CHANGE-ME", PASSWORD);
    return sharded
        ? line
        : line.replaceAll(" \\+(ssubscribe|sunsubscribe|spublish|pubsub\\|shardnumsub)", "");
  }

  /** Three masters that share the slots; their ports. */
  List<Integer> cluster() {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ports.add(server("cluster-enabled yes", "cluster-node-timeout 2000"));
    }
    int share = Slots.COUNT / 3;
    for (int i = 0; i < 3; i++) {
      int from = i * share;
      int to = i == 2 ? Slots.COUNT - 1 : from + share - 1;
      List<String> add = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      for (int slot = from; slot <= to; slot++) {
        add.add(String.valueOf(slot));
      }
      awaitAnswer(ports.get(i), "PONG", "PING");
      ask(ports.get(i), add.toArray(String[]::new));
      ask(ports.get(i), "CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
      ask(ports.get(i), "CLUSTER", "MEET", "127.0.0.1", String.valueOf(ports.get(0)));
    }
    ports.forEach(port -> awaitAnswer(port, "cluster_state:ok", "CLUSTER", "INFO"));
    ports.forEach(port -> awaitAnswer(port, "cluster_known_nodes:3", "CLUSTER", "INFO"));
    return ports;
  }

  static String uri(int port) {
    return "redis://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port;
  }

  String ask(int port, String... words) {
    String admin = "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    try (RedisForTests redis = RedisForTests.connect(admin)) {
      return redis.ask(words);
    }
  }

  void awaitAnswer(int port, String part, String... words) {
    Deadline.await(
        part + " of " + port,
        LONGEST,
        () -> {
          try {
            return ask(port, words).contains(part);
          } catch (UncheckedIOException notYet) {
            return false;
          }
        });
  }

  void kill(int place) {
    running.get(place).destroyForcibly();
  }

  private static int freePort() throws IOException {
    // Cluster nodes also listen 10000 higher.
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() < 55_000) {
          return socket.getLocalPort();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    running.forEach(Process::destroyForcibly);
    for (Process process : running) {
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    try (var tree = Files.walk(root)) {
      for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
