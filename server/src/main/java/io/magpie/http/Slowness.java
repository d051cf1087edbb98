package io.magpie.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends connections that take too long to say something: from accept to the first request, from the
 * head of a request to the end of its body, and between requests (S-D10); refuses connections
 * beyond their number. One for each event loop, with one timer.
 */
final class Slowness {
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(75);

  private final Duration deadline;
  private final PlainConnections plain;
  private final Map<SocketAddress, Waiting> until = new HashMap<>();
  private final Set<SocketAddress> counted = new HashSet<>();

  Slowness(Vertx vertx, Duration deadline, PlainConnections plain) {
    this.deadline = deadline;
    this.plain = plain;
    vertx.setPeriodic(1_000, timer -> sweep());
  }

  private record Waiting(HttpConnection connection, long deadline) {}

  void accepted(HttpConnection connection) {
    if (!plain.enter()) {
      connection.close();
      return;
    }
    counted.add(connection.remoteAddress());
    expect(connection, deadline);
    connection.closeHandler(closed -> forget(connection.remoteAddress()));
  }

  private void forget(SocketAddress peer) {
    until.remove(peer);
    if (counted.remove(peer)) {
      plain.leave();
    }
  }

  /** A request's head is here; its body must be in time. */
  void began(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    expect(connection, deadline);
    request.response().endHandler(ended -> expect(connection, BETWEEN_REQUESTS));
  }

  /** The connection became a WebSocket, which has deadlines of its own. */
  void upgraded(SocketAddress peer) {
    forget(peer);
  }

  private void expect(HttpConnection connection, Duration wait) {
    until.put(
        connection.remoteAddress(), new Waiting(connection, System.nanoTime() + wait.toNanos()));
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Waiting waiting : List.copyOf(until.values())) {
      if (waiting.deadline() - now < 0) {
        until.remove(waiting.connection().remoteAddress());
        waiting.connection().close();
      }
    }
  }
}
