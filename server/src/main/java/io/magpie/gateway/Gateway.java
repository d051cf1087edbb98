package io.magpie.gateway;

import io.magpie.access.Authenticator;
import io.magpie.fanout.Fanout;
import io.magpie.operation.Operations;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.magpie.stream.StreamReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The WebSocket edge of this node: what its event loops share, and its end. */
public final class Gateway {
  /** Reconnect hints at shutdown are spread over this many milliseconds. */
  private static final int SPREAD_MS = 2_000;

  /** How long open requests may take when the node stops. */
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(3);

  /** The same when the session was revoked; sockets close within a second. */
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
  private volatile boolean draining;

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
    this.rates = new UserRates(settings.limits());
    this.registry = new ConnectionRegistry(settings.limits().socketsPerUser(), rates::forget);
    this.metrics = new GatewayMetrics(meters, registry, admission, outboundTotal);
    new SocketOperations(this).register(parts.operations());
  }

  /**
   * Takes WebSockets of a server. Call on the event loop that the server was made on, before it
   * listens.
   *
   * @param policy decides about an upgrade
   */
  public void attach(HttpServer server, UpgradePolicy policy) {
    Loop loop =
        new Loop(
            vertx,
            vertx.getOrCreateContext(),
            parts.fanout().hub(vertx.getOrCreateContext()),
            this);
    loops.add(loop);
    server.webSocketHandshakeHandler(
        handshake -> {
          UpgradePolicy.Verdict verdict = policy.check(handshake);
          if (verdict.status() != 0) {
            handshake.reject(verdict.status());
          } else if (draining || !admission.enter(verdict.address())) {
            handshake.reject(503);
          } else {
            handshake
                .accept()
                .onSuccess(socket -> loop.open(socket, verdict.address()))
                .onFailure(failure -> admission.leave(verdict.address()));
          }
        });
  }

  /** Tells of every connection from now on; call before anything is attached. */
  public void listen(ConnectionListener listener) {
    listeners.add(listener);
  }

  /** Closes the open sockets of a session that was revoked. */
  public void sessionRevoked(UUID session) {
    for (Connection connection : registry.ofSession(session)) {
      connection.revoke();
      connection
          .loop()
          .context()
          .runOnContext(
              go ->
                  connection.leave(
                      CloseCode.UNAUTHENTICATED,
                      RequestError.of(ErrorCode.SESSION_REVOKED),
                      REVOKE_GRACE));
    }
  }

  /**
   * Tells every client to go, answers what is open, then closes; new upgrades are refused from here
   * on. Done when all connections have ended, after {@link #DRAIN_GRACE} at the latest.
   */
  public Future<Void> drain() {
    draining = true;
    for (Connection connection : registry.all()) {
      connection.loop().context().runOnContext(go -> sendAway(connection));
    }
    return gone(System.nanoTime() + DRAIN_GRACE.toNanos());
  }

  private static void sendAway(Connection connection) {
    int wait = ThreadLocalRandom.current().nextInt(SPREAD_MS);
    connection.send(new ServerFrame.GoAway("shutdown", wait));
    connection.flush();
    connection.leave(CloseCode.RESTART, RequestError.of(ErrorCode.SHUTTING_DOWN), DRAIN_GRACE);
  }

  private Future<Void> gone(long deadline) {
    if (registry.size() == 0 || System.nanoTime() - deadline > 0) {
      return Future.succeededFuture();
    }
    return vertx.timer(20, TimeUnit.MILLISECONDS).compose(waited -> gone(deadline));
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
