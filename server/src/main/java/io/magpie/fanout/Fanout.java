package io.magpie.fanout;

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

/**
 * All hubs of this node. Committed events and signals hop once to each hub. The heads of the served
 * streams are read every {@value #POLL_MS} ms, so that an event whose announcement was lost (a
 * commit with an unknown outcome, for example) still comes.
 */
public final class Fanout implements CommitListener, Signals {
  static final long POLL_MS = 1_500;
  private static final int POLL_CHUNK = 5_000;

  private final Vertx vertx;
  private final StreamReader reader;
  private final ReaderRule rule;
  private final List<Hub> hubs = new CopyOnWriteArrayList<>();
  private long poll = -1;
  private volatile boolean polling;

  public Fanout(Vertx vertx, StreamReader reader, ReaderRule rule) {
    this.vertx = vertx;
    this.reader = reader;
    this.rule = rule;
  }

  /** A hub for the event loop of {@code context}. */
  public Hub hub(Context context) {
    Hub hub = new Hub(vertx, context, reader, rule);
    hubs.add(hub);
    return hub;
  }

  public void start() {
    poll = vertx.setPeriodic(POLL_MS, timer -> pollHeads());
  }

  public void stop() {
    vertx.cancelTimer(poll);
  }

  @Override
  public void committed(List<Event> events) {
    for (Hub hub : hubs) {
      hub.context().runOnContext(go -> events.forEach(hub::accept));
    }
  }

  @Override
  public void send(Signal signal) {
    for (Hub hub : hubs) {
      hub.context().runOnContext(go -> hub.signal(signal));
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
    Future<Void> chain = Future.succeededFuture();
    for (int i = 0; i < streams.size(); i += POLL_CHUNK) {
      List<UUID> chunk = streams.subList(i, Math.min(streams.size(), i + POLL_CHUNK));
      chain =
          chain
              .compose(done -> reader.heads(chunk))
              .map(
                  heads -> {
                    hubs.forEach(
                        hub -> hub.context().runOnContext(go -> heads.forEach(hub::headSeen)));
                    return null;
                  });
    }
    return chain;
  }
}
