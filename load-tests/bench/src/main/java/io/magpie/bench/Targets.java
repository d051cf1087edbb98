package io.magpie.bench;

import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.Peer;
import io.magpie.bench.server.PeerTarget;
import io.magpie.bench.server.Peers;
import io.magpie.bench.server.Services;
import io.magpie.bench.server.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The servers that were asked for, by the words of the command line. */
record Targets(List<Target> all) implements AutoCloseable {
  private static final Map<String, BiFunction<Services, Peers, Target>> KNOWN =
      new LinkedHashMap<>();

  static {
    KNOWN.put("magpie", (services, peers) -> new MagpieTarget(services));
    KNOWN.put("socketio", (services, peers) -> peer(services, peers.socketIo()));
    KNOWN.put(
        "socketio-postgres", (services, peers) -> peer(services, peers.socketIoWithPostgres()));
    KNOWN.put("vertx", (services, peers) -> peer(services, peers.bareVertx()));
    if (Files.exists(Path.of("/usr/sbin/ejabberdctl"))) {
      KNOWN.put("ejabberd", (services, peers) -> peer(services, peers.ejabberd()));
    }
  }

  /**
   * Those of the servers here that were asked for.
   *
   * @param wanted empty for all
   * @throws BadOption for a name that none of them has
   */
  static List<String> chosen(List<String> wanted) {
    for (String name : wanted) {
      if (!KNOWN.containsKey(name)) {
        throw new BadOption("What is --targets=" + name + "? There are " + KNOWN.keySet());
      }
    }
    return wanted.isEmpty() ? List.copyOf(KNOWN.keySet()) : wanted;
  }

  /**
   * @param peers where their sources are
   * @param names that were {@linkplain #chosen chosen}
   */
  static Targets of(Services services, Path peers, List<String> names) {
    Peers known = new Peers(services, peers);
    return new Targets(names.stream().map(name -> KNOWN.get(name).apply(services, known)).toList());
  }

  private static Target peer(Services services, Peer peer) {
    return new PeerTarget(services, peer);
  }

  @Override
  public void close() {
    all.forEach(Target::close);
  }
}
