package io.magpie.fanout;

import io.magpie.fault.SeededBug;
import io.magpie.stream.CommitListener;
import io.magpie.stream.Event;
import io.magpie.stream.StreamReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All hubs of this node, and the relay to the other nodes. What is committed here hops once to each
 * hub and once to the relay; what other nodes tell hops once to each hub.
 *
 * <p>Nothing depends on being told: the heads of the served streams are read every {@value
 * #POLL_MS} ms, and those of a stream as soon as Redis has confirmed that this node hears of it.
 */
public final class Fanout implements CommitListener, Signals {
  static final long POLL_MS = 1_500;
  private static final int POLL_CHUNK = 5_000;

  private final Vertx vertx;
  private final StreamReader reader;
  private final ReaderRule rule;
  private final Relay relay;
  private final List<Hub> hubs = new CopyOnWriteArrayList<>();
  private long poll = -1;
  private volatile boolean polling;

  public Fanout(Vertx vertx, StreamReader reader, ReaderRule rule, Relay relay) {
    this.vertx = vertx;
    this.reader = reader;
    this.rule = rule;
    this.relay = relay;
  }

  /** A hub for the event loop of {@code context}. */
  public Hub hub(Context context) {
    Hub hub = new Hub(vertx, context, reader, rule, relay.interest());
    hubs.add(hub);
    return hub;
  }

  public void start() {
    relay.start(new FromOthers());
    poll = vertx.setPeriodic(POLL_MS, timer -> pollHeads());
  }

  public void stop() {
    vertx.cancelTimer(poll);
    relay.stop();
  }

  @Override
  public void committed(List<Event> events) {
    onHubs(hub -> events.forEach(hub::accept));
    relay.announce(events);
  }

  @Override
  public void send(Signal signal) {
    onHubs(hub -> hub.signal(signal));
    relay.announce(signal);
  }

  private void onHubs(Consumer<Hub> work) {
    for (Hub hub : hubs) {
      hub.context().runOnContext(go -> work.accept(hub));
    }
  }

  private void pollHeads() {
    if (polling) {
      return;
    }
    polling = true;
    served().compose(this::readHeads).onComplete(done -> polling = false);
  }

  private Future<List<UUID>> served() {
    List<Future<Set<UUID>>> parts = new ArrayList<>();
    for (Hub hub : hubs) {
      Promise<Set<UUID>> part = Promise.promise();
      hub.context().runOnContext(go -> part.complete(new HashSet<>(hub.served())));
      parts.add(part.future());
    }
    return Future.all(parts)
        .map(
            done -> {
              Set<UUID> all = new HashSet<>();
              parts.forEach(part -> all.addAll(part.result()));
              return List.copyOf(all);
            });
  }

  private Future<Void> readHeads(List<UUID> streams) {
    if (SeededBug.SKIP_CATCH_UP.on()) {
      return Future.succeededFuture();
    }
    Future<Void> chain = Future.succeededFuture();
    for (int i = 0; i < streams.size(); i += POLL_CHUNK) {
      List<UUID> chunk = streams.subList(i, Math.min(streams.size(), i + POLL_CHUNK));
      chain =
          chain
              .compose(done -> reader.heads(chunk))
              .map(
                  heads -> {
                    onHubs(hub -> heads.forEach(hub::headSeen));
                    return null;
                  });
    }
    return chain;
  }

  /** What the other nodes tell. */
  private final class FromOthers implements Relay.Receiver {
    @Override
    public void events(UUID stream, List<EventCodec.Hint> hints) {
      onHubs(hub -> hints.forEach(hint -> take(hub, stream, hint)));
    }

    private static void take(Hub hub, UUID stream, EventCodec.Hint hint) {
      if (hint.whole()) {
        hub.accept(hint.event());
      } else {
        hub.headSeen(stream, hint.seq());
      }
    }

    @Override
    public void signal(Signal signal) {
      onHubs(hub -> hub.signal(signal));
    }

    @Override
    public void listening(Set<UUID> streams) {
      readHeads(List.copyOf(streams));
    }
  }
}
