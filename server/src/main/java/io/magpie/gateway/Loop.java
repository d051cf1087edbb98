package io.magpie.gateway;

import io.magpie.fanout.Hub;
import io.magpie.protocol.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The connections of one event loop: one tick a second and one flush a turn for all of them. */
final class Loop {
  private final Context context;
  private final Hub hub;
  private final Gateway gateway;
  private final Dispatcher dispatcher;
  private final Set<Connection> connections = new HashSet<>();
  private List<Connection> dirty = new ArrayList<>();
  private final long timer;
  private final Vertx vertx;

  Loop(Vertx vertx, Context context, Hub hub, Gateway gateway) {
    this.vertx = vertx;
    this.context = context;
    this.hub = hub;
    this.gateway = gateway;
    this.dispatcher = new Dispatcher(gateway, new Handshake(gateway, this));
    this.timer = vertx.setPeriodic(1_000, tick -> context.runOnContext(go -> tick()));
  }

  Hub hub() {
    return hub;
  }

  Context context() {
    return context;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  GatewaySettings settings() {
    return gateway.settings();
  }

  HelloGate hellos() {
    return gateway.hellos();
  }

  AtomicLong outboundTotal() {
    return gateway.outboundTotal();
  }

  /** Ends those that have not finished hello. */
  void turnAway(Consumer<Connection> each) {
    context.runOnContext(
        go ->
            List.copyOf(connections).stream()
                .filter(connection -> !connection.live())
                .forEach(each));
  }

  /** A socket that was upgraded; it holds a place of the admission until hello or end. */
  void open(ServerWebSocket socket, String address) {
    Connection connection = new Connection(this, socket, address);
    connections.add(connection);
    socket.closeHandler(closed -> connection.gone());
    gateway.metrics().opened();
    gateway.draining().ifPresent(drain -> drain.turnAway(connection));
  }

  /** Flushes the connection at the end of this turn, together with all others. */
  void flushLater(Connection connection) {
    if (dirty.isEmpty()) {
      context.runOnContext(go -> flushAll());
    }
    dirty.add(connection);
  }

  private void flushAll() {
    List<Connection> now = dirty;
    dirty = new ArrayList<>();
    for (Connection connection : now) {
      flush(connection);
    }
  }

  /** One that fails takes no other with it: those after it would wait for ever. */
  private static void flush(Connection connection) {
    try {
      connection.flush();
    } catch (RuntimeException e) {
      connection.broken(e);
    }
  }

  /** Runs something on this loop after a while. */
  void later(Duration wait, Runnable work) {
    vertx.setTimer(wait.toMillis(), timer -> context.runOnContext(go -> work.run()));
  }

  /** Cleans up after a connection, in a later turn: it may be in the middle of a delivery. */
  void ended(Connection connection, CloseCode code) {
    gateway.metrics().closed(code);
    context.runOnContext(
        go -> {
          connections.remove(connection);
          if (connection.actor() != null) {
            hub.remove(connection);
            gateway.registry().remove(connection);
          }
          if (connection.live()) {
            gateway.listeners().forEach(each -> each.disconnected(connection));
          } else {
            gateway.admission().leave(connection.address());
          }
        });
  }

  private void tick() {
    long now = System.nanoTime();
    Instant wall = settings().clock().instant();
    for (Connection connection : List.copyOf(connections)) {
      if (!connection.ended()) {
        connection.tick(now, wall);
      }
    }
  }

  void stop() {
    vertx.cancelTimer(timer);
  }
}
