package io.magpie.http;

import io.magpie.access.Actor;
import io.magpie.access.Authenticator;
import io.magpie.operation.Operation.Audience;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Who sends an HTTP request: bearer token, app key, or the cookie of a same-origin page. */
final class HttpAuthentication {
  /** Name of the session cookie; the prefix ties it to this host and to TLS or localhost. */
  static final String COOKIE = "__Host-magpie";

  private static final String CSRF = "X-Magpie-Csrf";
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;

  HttpAuthentication(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  Future<? extends Actor> actor(HttpServerRequest request, Audience audience) {
    Optional<String> bearer = bearer(request);
    Optional<String> cookie = cookie(request);
    return switch (audience) {
      case ANYONE -> Future.succeededFuture(new Actor.Anonymous());
      case APP ->
          authenticator.appKey(
              bearer.orElseThrow(() -> RequestError.of(ErrorCode.UNAUTHENTICATED)));
      case USER -> {
        if (bearer.isPresent()) {
          yield authenticator.accessToken(bearer.get());
        }
        yield authenticator.cookie(
            cookie.orElseThrow(() -> RequestError.of(ErrorCode.UNAUTHENTICATED)));
      }
    };
  }

  /**
   * The session cookie, where the request proves that a page of ours sent it: a plain form or image
   * of another site cannot set the header (S-A04).
   */
  Optional<String> cookie(HttpServerRequest request) {
    Cookie cookie = request.getCookie(COOKIE);
    if (cookie == null || cookie.getValue().isEmpty() || bearer(request).isPresent()) {
      return Optional.empty();
    }
    if (request.method() != HttpMethod.GET && !"1".equals(request.getHeader(CSRF))) {
      throw RequestError.of(ErrorCode.CSRF_REFUSED);
    }
    return Optional.of(cookie.getValue());
  }

  private static Optional<String> bearer(HttpServerRequest request) {
    List<String> headers = request.headers().getAll("Authorization");
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    if (headers.size() > 1 || !headers.get(0).startsWith(BEARER)) {
      throw RequestError.of(ErrorCode.UNAUTHENTICATED);
    }
    return Optional.of(headers.get(0).substring(BEARER.length()));
  }
}
