package io.magpie.faults.cluster;

import io.magpie.app.StartFailure;
import io.magpie.app.UserCommand;
import io.magpie.app.embedded.Endpoints;
import io.magpie.app.embedded.KillableServices;
import io.magpie.protocol.Json;
import io.magpie.testkit.Jdbc;
import io.magpie.testkit.TestHttp;
import io.magpie.testkit.proxy.TcpProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some servers on one PostgreSQL and one Redis, with proxies between all of them. */
public final class FaultCluster implements AutoCloseable {
  private static final int RUNS_AT_ONCE = 4;
  private static final String PASSWORD = "correct horse 马";

  /** The short timers of the fault suite; limits that would only slow the load are high. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "MAGPIE_TOKEN_KEYS", "k1:YSB0ZXN0IHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo",
          "MAGPIE_NODE_LEASE", "4s",
          "MAGPIE_HEARTBEAT", "2s",
          "MAGPIE_READ_IDLE", "6s",
          "MAGPIE_POSTGRES_POOL_SIZE", "10",
          "MAGPIE_POSTGRES_CONNECT_TIMEOUT", "1s",
          "MAGPIE_POSTGRES_STATEMENT_TIMEOUT", "2s",
          "MAGPIE_OUTBOUND_BYTES", "128KiB",
          "MAGPIE_OUTBOUND_PATIENCE", "2s",
          "MAGPIE_EXEMPT_NETWORKS", "127.0.0.0/8");

  private final Path directory;
  private final KillableServices services;
  private final SmallDisk disk;
  private final Endpoints endpoints;
  private final List<TcpProxy> peers;
  private final List<Node> nodes = new ArrayList<>();
  private boolean hasAdmin;
  private final Thread atEnd = new Thread(this::stop, "stop-fault-cluster");

  private FaultCluster(Path directory, KillableServices services, SmallDisk disk, int nodes) {
    this.directory = directory;
    this.disk = disk;
    this.peers = Stream.generate(() -> TcpProxy.to(FreePorts.pick())).limit(nodes).toList();
    this.services = services;
    this.endpoints = services.freshDatabase("magpie");
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  /**
   * Starts everything and waits until all nodes are ready.
   *
   * @param directory for logs and histories of this run; emptied of earlier logs
   * @param settings over those of the suite, keys with {@code MAGPIE_}
   * @param options of the server JVMs
   * @param older the server to begin with, where it is not that of this build
   */
  public static FaultCluster start(
      Path directory,
      int nodes,
      Map<String, String> settings,
      List<String> options,
      Optional<Path> older) {
    return start(directory, nodes, settings, options, older, 0);
  }

  /**
   * The same with little room for PostgreSQL.
   *
   * @param disk MiB of its file system; 0: that of the build directory
   */
  public static FaultCluster start(
      Path directory,
      int nodes,
      Map<String, String> settings,
      List<String> options,
      Optional<Path> older,
      int disk) {
    FaultCluster cluster = empty(directory, nodes, disk);
    try {
      for (int i = 1; i <= nodes; i++) {
        Node node = cluster.add("node" + i, settings, options);
        older.ifPresent(node.process()::become);
        node.process().start();
        if (i == 1) {
          node.process().awaitReady(); // it makes the tables
        }
      }
      cluster.nodes.forEach(node -> node.process().awaitReady());
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** The services alone: so many nodes may come by {@link #add}. */
  private static FaultCluster empty(Path directory, int nodes, int disk) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SmallDisk small = new SmallDisk(disk);
    return new FaultCluster(directory, startServices(small), small, nodes);
  }

  /** A data directory that no other run of this build directory has. */
  private static KillableServices startServices(SmallDisk disk) {
    for (int run = 1; run <= RUNS_AT_ONCE; run++) {
      try {
        Path path = Path.of("target", disk.prefix() + "fault-services-" + run);
        return KillableServices.start(path, FreePorts.pick(), FreePorts.pick(), disk::mount);
      } catch (StartFailure failure) {
        if (!failure.code().equals("data-directory-in-use")) {
          throw failure;
        }
      }
    }
    throw new IllegalStateException(RUNS_AT_ONCE + " fault runs use this build directory at once");
  }

  /** One more node, not started. */
  private Node add(String name, Map<String, String> settings, List<String> options) {
    TcpProxy postgres = TcpProxy.to(services.postgresPort());
    TcpProxy redis = TcpProxy.to(services.redisPort());
    int port = FreePorts.pick();
    int management = FreePorts.pick();
    Map<String, String> environment = new HashMap<>(SETTINGS);
    environment.put("MAGPIE_NODE_ID", name);
    environment.put("MAGPIE_WARM_UP", "0s");
    environment.put("MAGPIE_HTTP_PORT", String.valueOf(port));
    environment.put("MAGPIE_MANAGEMENT_PORT", String.valueOf(management));
    environment.put("MAGPIE_POSTGRES_URI", through(postgres, endpoints.postgresUri()));
    environment.put("MAGPIE_POSTGRES_OWNER_URI", through(postgres, endpoints.postgresOwnerUri()));
    environment.put("MAGPIE_REDIS_URI", through(redis, endpoints.redisUri()));
    environment.putAll(settings);
    TcpProxy member = peers.get(nodes.size());
    TcpProxy bus = TcpProxy.to(FreePorts.pick());
    List<String> line = new ArrayList<>(options);
    if (settings.getOrDefault("MAGPIE_CLUSTER", "off").equals("on")) {
      environment.put("MAGPIE_CLUSTER_PORT", String.valueOf(member.target()));
      environment.put("MAGPIE_CLUSTER_BUS_PORT", String.valueOf(bus.target()));
      environment.put(
          "MAGPIE_CLUSTER_MEMBERS",
          peers.stream().map(peer -> "127.0.0.1:" + peer.port()).collect(Collectors.joining(",")));
      line.add("-Dhazelcast.local.publicAddress=127.0.0.1:" + member.port());
      line.add("-Dvertx.cluster.public.port=" + bus.port());
    }
    Path log = directory.resolve(name + ".log");
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerProcess process = new ServerProcess(environment, line, management, log);
    Node node = new Node(name, process, TcpProxy.to(port), postgres, redis, member, bus);
    nodes.add(node);
    return node;
  }

  /**
   * A second process with everything of a node but its ports; not one of the nodes, not started.
   */
  public ServerProcess twin(Node node) {
    int management = FreePorts.pick();
    Map<String, String> settings = new HashMap<>(node.process().settings());
    settings.put("MAGPIE_HTTP_PORT", String.valueOf(FreePorts.pick()));
    settings.put("MAGPIE_MANAGEMENT_PORT", String.valueOf(management));
    Path log = directory.resolve(node.name() + "-twin.log");
    return new ServerProcess(settings, List.of(), management, log);
  }

  /** Holds a lock on a table for so long, from now on, without waiting for it to end. */
  public void lock(String table, Duration time) {
    Thread thread =
        new Thread(
            () ->
                execute(
                    "begin; lock table %s in access exclusive mode; select pg_sleep(%s); commit"
                        .formatted(table, time.toMillis() / 1000.0)),
            "locks-" + table);
    thread.setDaemon(true);
    thread.start();
  }

  private static String through(TcpProxy proxy, String uri) {
    return uri.replace(":" + proxy.target() + "/", ":" + proxy.port() + "/");
  }

  /** Beside all proxies. */
  public Endpoints endpoints() {
    return endpoints;
  }

  public KillableServices services() {
    return services;
  }

  /** Where PostgreSQL's files are, when they have a place of their own. */
  public SmallDisk disk() {
    return disk;
  }

  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Counted from 1, as faults.md does. */
  public Node node(int number) {
    return nodes.get(number - 1);
  }

  public Path directory() {
    return directory;
  }

  /** A value of the database, beside all proxies. */
  public String sql(String query) {
    return Jdbc.read(endpoints.postgresOwnerUri(), query);
  }

  /** A statement of the owner, beside all proxies. */
  public void execute(String statement) {
    Jdbc.run(endpoints.postgresOwnerUri(), statement);
  }

  /** Somebody new; what is printed holds a link that sets a password. */
  private String addUser(String... words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>(List.of("add"));
    line.addAll(List.of(words));
    new UserCommand(
            endpoints.postgresUri(),
            "http://localhost",
            new PrintStream(said, true, StandardCharsets.UTF_8))
        .run(line);
    return said.toString(StandardCharsets.UTF_8);
  }

  /** A fresh access token of the super admin, who is made at the first call. */
  public synchronized String adminToken() {
    TestHttp http = new TestHttp(nodes.get(0).directUrl());
    if (!hasAdmin) {
      String said = addUser("root", "--super-admin");
      String token = said.substring(said.indexOf('#') + 1).strip();
      String redeem = Json.object().put("token", token).put("password", PASSWORD).toString();
      http.send("POST", "/links/redeem", null, redeem).ok();
      hasAdmin = true;
    }
    String login = Json.object().put("username", "root").put("password", PASSWORD).toString();
    return http.send("POST", "/sessions", null, login).ok().get("accessToken").textValue();
  }

  /** Services run, proxies pass, processes run; waits until all nodes are ready. */
  public void heal() {
    if (services.redisRuns()) {
      KillableServices.signal(services.redisPid(), "CONT");
    } else {
      services.startRedis();
    }
    disk.makeRoom();
    if (!services.postgresRuns()) {
      services.startPostgres();
    }
    nodes.forEach(Node::heal);
    nodes.forEach(node -> node.process().awaitReady());
  }

  private void stop() {
    nodes.forEach(Node::close);
    services.close();
    disk.unmount();
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(atEnd);
  }
}
