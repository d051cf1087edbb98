package io.magpie.bench;

import io.magpie.bench.server.MagpieTarget;
import io.magpie.bench.server.Peer;
import io.magpie.bench.server.PeerTarget;
import io.magpie.bench.server.Peers;
import io.magpie.bench.server.Services;
import io.magpie.bench.server.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The servers that were asked for, by the words of the command line. */
record Targets(List<Target> all) implements AutoCloseable {
  static Targets of(Services services, Options options) {
    Peers peers = new Peers(services, options.peers());
    Map<String, Supplier<Target>> known = new LinkedHashMap<>();
    known.put("magpie", () -> new MagpieTarget(services));
    known.put("socketio", () -> peer(services, peers.socketIo()));
    known.put("socketio-postgres", () -> peer(services, peers.socketIoWithPostgres()));
    known.put("vertx", () -> peer(services, peers.bareVertx()));
    if (Files.exists(Path.of("/usr/sbin/ejabberdctl"))) {
      known.put("ejabberd", () -> peer(services, peers.ejabberd()));
    }
    List<Target> all = new ArrayList<>();
    List<String> wanted = options.targets();
    for (String name : wanted.isEmpty() ? known.keySet() : wanted) {
      if (!known.containsKey(name)) {
        throw new IllegalArgumentException("What is " + name + "? There are " + known.keySet());
      }
      all.add(known.get(name).get());
    }
    return new Targets(all);
  }

  private static Target peer(Services services, Peer peer) {
    return new PeerTarget(services, peer);
  }

  @Override
  public void close() {
    all.forEach(Target::close);
  }
}
