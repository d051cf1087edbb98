package io.magpie.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends connections that take too long to say something: from accept to the first request, from the
 * head of a request to the end of its body, and between requests (S-D10). One for each event loop,
 * with one timer.
 */
final class Slowness {
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(75);

  private final Duration deadline;
  private final Map<HttpConnection, Long> until = new HashMap<>();

  Slowness(Vertx vertx, Duration deadline) {
    this.deadline = deadline;
    vertx.setPeriodic(1_000, timer -> sweep());
  }

  void accepted(HttpConnection connection) {
    until.put(connection, System.nanoTime() + deadline.toNanos());
    connection.closeHandler(closed -> until.remove(connection));
  }

  /** A request's head is here; its body must be in time. Upgraded connections are let go. */
  void began(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    until.put(connection, System.nanoTime() + deadline.toNanos());
    request.response().endHandler(ended -> between(connection));
  }

  /** The connection became a WebSocket, which has deadlines of its own. */
  void upgraded(HttpConnection connection) {
    until.remove(connection);
  }

  private void between(HttpConnection connection) {
    until.computeIfPresent(
        connection, (key, old) -> System.nanoTime() + BETWEEN_REQUESTS.toNanos());
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Map.Entry<HttpConnection, Long> entry : List.copyOf(until.entrySet())) {
      if (entry.getValue() - now < 0) {
        until.remove(entry.getKey());
        entry.getKey().close();
      }
    }
  }
}
