package io.magpie.gateway;

import io.magpie.access.Authenticator;
import io.magpie.fanout.Broadcast;
import io.magpie.fanout.Fanout;
import io.magpie.operation.Operations;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.stream.StreamReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The WebSocket edge of this node: what its event loops share, and its end. */
public final class Gateway {
  /**
   * How long open requests may take when the session was revoked; sockets close within a second.
   */
  private static final Duration REVOKE_GRACE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final GatewaySettings settings;
  private final Parts parts;
  private final Admission admission;
  private final UserRates rates;
  private final ConnectionRegistry registry;
  private final GatewayMetrics metrics;
  private final AtomicLong outboundTotal = new AtomicLong();
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final HelloGate hellos;
  private final AtomicReference<Drain> drain = new AtomicReference<>();
  private final Outage outage;

  /** What the gateway works with. */
  public record Parts(
      Operations operations, Authenticator authenticator, StreamReader reader, Fanout fanout) {}

  public Gateway(
      Vertx vertx,
      GatewaySettings settings,
      Parts parts,
      Admission admission,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.settings = settings;
    this.parts = parts;
    this.admission = admission;
    this.rates = new UserRates(settings.limits(), System::nanoTime);
    this.registry = new ConnectionRegistry(settings.limits().socketsPerUser(), rates::forget);
    this.hellos =
        new HelloGate(
            settings.limits().hellos(),
            System::nanoTime,
            (millis, work) -> vertx.setTimer(millis, timer -> work.run()));
    this.metrics = new GatewayMetrics(meters);
    this.outage = new Outage(() -> drain(Drain.Why.DATABASE), this::turnAway);
    metrics.connections(registry, admission, outboundTotal);
    metrics.hellos(hellos);
    metrics.draining(() -> drain.get() != null);
    metrics.outage(outage::lost);
    new SocketOperations(this).register(parts.operations());
  }

  /** Where WebSockets of an event loop come in; call on that event loop. */
  public Entrance entrance() {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Loop loop = new Loop(vertx, context, parts.fanout().hub(context), this);
    loops.add(loop);
    return new Entrance(this, loop);
  }

  /** From now on what a user asks of other nodes counts here, and the reverse. */
  public void shareRates(Broadcast broadcast) {
    SharedRates shared = new SharedRates(rates, broadcast);
    vertx.setPeriodic(SharedRates.EVERY_MS, timer -> shared.tell());
  }

  /** Tells of every connection from now on; call before anything is attached. */
  public void listen(ConnectionListener listener) {
    listeners.add(listener);
  }

  /** Closes the open sockets of a session that was revoked. */
  public void sessionRevoked(UUID session) {
    for (Connection connection : registry.ofSession(session)) {
      connection.revoke();
      connection.onLoop(
          () ->
              connection.leave(
                  CloseCode.UNAUTHENTICATED,
                  RequestError.of(ErrorCode.SESSION_REVOKED),
                  REVOKE_GRACE));
    }
  }

  /**
   * Tells every client to go, answers what is open, then closes; new upgrades are refused from here
   * on. Call it once.
   *
   * @return done when all connections have ended, or after the time for it
   */
  public Future<Void> drain() {
    Drain mine = drain(Drain.Why.SHUTDOWN);
    drain.set(mine);
    turnAway(mine::turnAway);
    return mine.run();
  }

  private Drain drain(Drain.Why why) {
    return new Drain(vertx, settings.limits(), registry, admission, why);
  }

  private void turnAway(Consumer<Connection> each) {
    loops.forEach(loop -> loop.turnAway(each));
  }

  /** What becomes of clients while this node cannot reach the database. */
  public Outage outage() {
    return outage;
  }

  /** The end that has begun; who becomes live now is sent away at once. */
  Optional<Drain> draining() {
    return Optional.ofNullable(drain.get());
  }

  /** Stops the timers; after the servers are closed. */
  public void stop() {
    loops.forEach(Loop::stop);
  }

  List<ConnectionListener> listeners() {
    return listeners;
  }

  GatewaySettings settings() {
    return settings;
  }

  Operations operations() {
    return parts.operations();
  }

  Authenticator authenticator() {
    return parts.authenticator();
  }

  StreamReader reader() {
    return parts.reader();
  }

  HelloGate hellos() {
    return hellos;
  }

  Admission admission() {
    return admission;
  }

  ConnectionRegistry registry() {
    return registry;
  }

  UserRates rates() {
    return rates;
  }

  GatewayMetrics metrics() {
    return metrics;
  }

  AtomicLong outboundTotal() {
    return outboundTotal;
  }
}
