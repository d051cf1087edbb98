package io.magpie.http;

import io.magpie.gateway.Failures;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.RequestError;
import io.magpie.storage.OutcomeUnknown;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;

/** Answers that are errors, as RFC 9457 describes them. */
final class Problems {
  private Problems() {}

  private record Problem(
      String type,
      String title,
      int status,
      String code,
      String detail,
      Optional<String> field,
      boolean retryable,
      Optional<Long> retryAfterMs,
      Optional<String> correlationId) {}

  static void send(RoutingContext context, ErrorCode code) {
    send(context, RequestError.of(code));
  }

  /** Sends what a client is told of this failure. */
  static void send(RoutingContext context, Throwable failure) {
    Throwable told =
        failure instanceof OutcomeUnknown ? RequestError.of(ErrorCode.UNAVAILABLE) : failure;
    write(context.response(), Failures.body(told, context.request().method() + " request"));
  }

  /** The same beside the routes. */
  static void send(HttpServerResponse response, RequestError refused) {
    write(response, ErrorBody.of(refused));
  }

  private static void write(HttpServerResponse response, ErrorBody body) {
    if (response.ended() || response.closed()) {
      return;
    }
    ErrorCode code = ErrorCode.valueOf(body.code().toUpperCase(Locale.ROOT));
    body.retryAfterMs()
        .ifPresent(ms -> response.putHeader("Retry-After", String.valueOf((ms + 999) / 1000)));
    if (code.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    response
        .setStatusCode(code.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(
            Json.write(
                new Problem(
                    "urn:magpie:error:" + body.code(),
                    code.text(),
                    code.status(),
                    body.code(),
                    body.message(),
                    body.field(),
                    body.retryable(),
                    body.retryAfterMs(),
                    body.correlationId())));
  }
}
