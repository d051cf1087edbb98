package io.magpie.http;

import io.magpie.gateway.Entrance;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/**
 * Requests to become a WebSocket: it must ask for our subprotocol, come from an allowed page and
 * carry no query. Whoever is refused is told why, as every other request is.
 */
final class Upgrades {
  private static final String SUBPROTOCOL = "magpie.v1";

  private final Origins origins;
  private final ClientAddress addresses;
  private final SecurityHeaders headers;
  private final Slowness slowness;
  private final Entrance entrance;

  Upgrades(
      Origins origins,
      ClientAddress addresses,
      SecurityHeaders headers,
      Slowness slowness,
      Entrance entrance) {
    this.origins = origins;
    this.addresses = addresses;
    this.headers = headers;
    this.slowness = slowness;
    this.entrance = entrance;
  }

  void handle(HttpServerRequest request) {
    try {
      check(request);
      String address = addresses.of(request.remoteAddress().hostAddress(), request.headers());
      entrance
          .take(request, address)
          .onSuccess(upgraded -> slowness.upgraded(request.connection().remoteAddress()));
    } catch (RequestError refused) {
      slowness.began(request);
      headers.on(request.response());
      Problems.send(request.response(), refused);
    }
  }

  private void check(HttpServerRequest request) {
    if (!"/ws".equals(request.path())) {
      throw RequestError.of(ErrorCode.NOT_FOUND);
    }
    if (!origins.permits(request.headers(), String.valueOf(request.authority()))) {
      throw RequestError.of(ErrorCode.ORIGIN_REFUSED);
    }
    String offered = String.join(",", request.headers().getAll("Sec-WebSocket-Protocol"));
    boolean ours = Arrays.stream(offered.split(",")).anyMatch(p -> p.strip().equals(SUBPROTOCOL));
    boolean query = request.query() != null && !request.query().isEmpty();
    if (!ours || query) {
      throw RequestError.of(ErrorCode.BAD_REQUEST);
    }
  }
}
