package io.magpie.gateway;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Where the WebSockets of one event loop come in. */
public final class Entrance {
  private static final long SHORTEST_WAIT_MS = 1_000;
  private static final long LONGEST_WAIT_MS = 5_000;

  private final Gateway gateway;
  private final Loop loop;

  Entrance(Gateway gateway, Loop loop) {
    this.gateway = gateway;
    this.loop = loop;
  }

  /**
   * Makes a request a WebSocket; on its event loop.
   *
   * @param address of the client
   * @return fails when the request is none, and was answered
   * @throws RequestError {@code shutting_down} or {@code too_many_connections} with a time to come
   *     again; nothing was answered then
   */
  public Future<Void> take(HttpServerRequest request, String address) {
    if (gateway.draining().isPresent()) {
      throw later(ErrorCode.SHUTTING_DOWN);
    }
    if (!gateway.admission().enter(address)) {
      throw later(ErrorCode.TOO_MANY_CONNECTIONS);
    }
    return request
        .toWebSocket()
        .onSuccess(socket -> loop.open(socket, address))
        .onFailure(failure -> gateway.admission().leave(address))
        .mapEmpty();
  }

  private static RequestError later(ErrorCode code) {
    long wait = ThreadLocalRandom.current().nextLong(SHORTEST_WAIT_MS, LONGEST_WAIT_MS);
    return RequestError.retryAfter(code, Duration.ofMillis(wait));
  }
}
