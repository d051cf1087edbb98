package io.magpie.bench.server;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Member;
import io.magpie.bench.load.Wire;
import io.magpie.bench.load.World;
import io.magpie.bench.process.Child;
import io.magpie.bench.process.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A peer: one process without users, with rooms that exist as soon as somebody is in them. */
public final class PeerTarget implements Target {
  private final Services services;
  private final Peer peer;
  private final int port = FreePorts.take(1)[0];
  private Optional<Child> process = Optional.empty();

  public PeerTarget(Services services, Peer peer) {
    this.services = services;
    this.peer = peer;
  }

  @Override
  public String name() {
    return peer.name();
  }

  @Override
  public void prepare(Collection<Shape> shapes) {
    // Rooms exist as soon as somebody is in them.
  }

  @Override
  public World world(Shape shape) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < shape.users(); i++) {
      int room = i / shape.members();
      members.add(new Member("u" + i, "", port, room, "room" + room));
    }
    return new World(shape.conversations(), shape.members(), members);
  }

  @Override
  public void fresh() {
    stop();
    Map<String, String> environment = new HashMap<>(peer.environment());
    environment.put("PORT", Integer.toString(port));
    Setup setup = services.setup();
    String log = peer.name().replaceAll("[^A-Za-z0-9]+", "-");
    Child started =
        Child.start(log, setup.directory(), setup.cores().server(), peer.command(), environment);
    process = Optional.of(started.await(() -> HttpProbe.listens(port)));
  }

  @Override
  public void stop() {
    process.ifPresent(Child::close);
    process = Optional.empty();
  }

  @Override
  public Function<Ledger, Wire> protocol() {
    return peer.wire();
  }

  @Override
  public boolean resumes() {
    return false;
  }

  @Override
  public Family family() {
    Family family = services.family();
    process.ifPresent(running -> family.with(SERVER, running.pid()));
    return family;
  }

  @Override
  public void collectGarbage() {
    process.ifPresent(running -> peer.collect().accept(running.pid()));
  }

  @Override
  public List<String> notes() {
    return peer.notes();
  }

  @Override
  public void close() {
    stop();
  }
}
