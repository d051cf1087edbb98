package io.magpie.bench.server;

import io.magpie.bench.peer.BareVertx;
import io.magpie.bench.process.GarbageCollection;
import io.magpie.bench.wire.Markers;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The peers that come with the benchmark. */
public final class Peers {
  private final Services services;
  private final Path sources;

  /**
   * @param sources the folder {@code peers} of the benchmark
   */
  public Peers(Services services, Path sources) {
    this.services = services;
    this.sources = sources;
  }

  private Markers markers() {
    return new Markers(services.setup().bodyBytes());
  }

  /** Vert.x with nothing in the way. */
  public Peer bareVertx() {
    return new Peer(
        "bare Vert.x",
        bareVertxCommand(),
        Map.of(),
        ledger -> new BareWire(ledger, markers()),
        GarbageCollection::ofJava,
        List.of("nothing stored, no login, no checks"));
  }

  /** With the same options of the runtime as Magpie. */
  private List<String> bareVertxCommand() {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" \"$PORT\"", "sh"));
    command.add(Setup.java());
    command.addAll(services.setup().javaOptions());
    command.addAll(List.of("-cp", classPath(), BareVertx.class.getName()));
    return command;
  }

  /** Of this program, for a process in another directory. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Socket.IO with the Redis adapter. */
  public Peer socketIo() {
    return socketIo(
        "Socket.IO + Redis",
        Map.of("REDIS_URI", services.openRedisUri()),
        List.of("nothing stored, no login"));
  }

  /** The same with an insert before the acknowledgement: what most teams build. */
  public Peer socketIoWithPostgres() {
    return socketIo(
        "Socket.IO + Redis + PostgreSQL",
        Map.of("REDIS_URI", services.openRedisUri(), "POSTGRES_URI", services.postgresOwnerUri()),
        List.of("inserted before the ack, no login, nothing after a reconnect"));
  }

  /** ejabberd as Debian packages it, with its archive in PostgreSQL. */
  public Peer ejabberd() {
    EjabberdArchive archive = new EjabberdArchive(URI.create(services.postgresOwnerUri()));
    archive.create();
    return new Peer(
        "ejabberd",
        List.of(sources.resolve("ejabberd").resolve("start.sh").toAbsolutePath().toString()),
        archive.environment(),
        ledger -> new XmppWire(ledger, markers()),
        pid -> {}, // collects by itself, per process of Erlang
        List.of("archived in PostgreSQL before the echo, anonymous login, no presence in rooms"));
  }

  private Peer socketIo(String name, Map<String, String> environment, List<String> notes) {
    Path folder = sources.resolve("socketio").toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules"))) {
      throw new IllegalStateException("First: npm ci --prefix " + folder);
    }
    return new Peer(
        name,
        List.of("node", "--expose-gc", folder.resolve("server.mjs").toString()),
        environment,
        ledger -> new SocketIoWire(ledger, markers()),
        GarbageCollection::ofNode,
        notes);
  }
}
