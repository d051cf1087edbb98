package io.magpie.gateway;

import io.magpie.fanout.Hub;
import io.magpie.protocol.CloseCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The connections of one event loop: one tick a second and one flush a turn for all of them. */
final class Loop {
  private static final int AGENT_CHARS = 200;

  private final ContextInternal context;
  private final Hub hub;
  private final Gateway gateway;
  private final Dispatcher dispatcher;
  private final Set<Connection> connections = new HashSet<>();
  private List<Connection> dirty = new ArrayList<>();
  private final FlushPace pace;
  private final EventFrames frames = new EventFrames();
  private final Utf8 utf8 = new Utf8();
  private final long timer;
  private final Vertx vertx;

  Loop(Vertx vertx, ContextInternal context, Hub hub, Gateway gateway) {
    this.vertx = vertx;
    this.context = context;
    this.hub = hub;
    this.gateway = gateway;
    this.pace = new FlushPace(gateway.settings().limits().flushWait(), System.nanoTime());
    this.dispatcher = new Dispatcher(gateway, new Handshake(gateway, this));
    this.timer = vertx.setPeriodic(1_000, tick -> context.runOnContext(go -> tick()));
  }

  Hub hub() {
    return hub;
  }

  ContextInternal context() {
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

  /** Frames of events that connections of this loop share. */
  EventFrames frames() {
    return frames;
  }

  Utf8 utf8() {
    return utf8;
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
    String agent = Objects.requireNonNullElse(socket.headers().get("User-Agent"), "");
    Connection connection =
        new Connection(this, address, agent.substring(0, Math.min(AGENT_CHARS, agent.length())));
    connections.add(connection);
    connection.open(socket);
    gateway.metrics().opened();
    gateway.draining().ifPresent(drain -> drain.turnAway(connection));
  }

  /**
   * Flushes the connection together with all others: at the end of this turn, or a little later.
   */
  void flushLater(Connection connection) {
    if (dirty.isEmpty()) {
      long wait = pace.untilNext(System.nanoTime());
      if (wait == 0) {
        context.runOnContext(go -> flushAll());
      } else {
        context.nettyEventLoop().schedule(this::flushInContext, wait, TimeUnit.NANOSECONDS);
      }
    }
    dirty.add(connection);
  }

  private void flushInContext() {
    context.dispatch(this::flushAll);
  }

  private void flushAll() {
    long began = System.nanoTime();
    List<Connection> now = dirty;
    dirty = new ArrayList<>();
    for (Connection connection : now) {
      flush(connection);
    }
    frames.forget();
    pace.flushed(began, System.nanoTime());
  }

  /** The socket of one connection takes bytes again. */
  void flushNow(Connection connection) {
    flush(connection);
    frames.forget();
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
