package io.magpie.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Headers of every answer (S-I12 to S-I14; OWASP ASVS 5.0, 3.4 and 14.3.2). */
final class SecurityHeaders implements Handler<RoutingContext> {
  /** For everything that is no page: nothing may be loaded, framed or run. */
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  private final boolean tls;

  SecurityHeaders(boolean tls) {
    this.tls = tls;
  }

  @Override
  public void handle(RoutingContext context) {
    on(context.response());
    context.next();
  }

  /** For answers that do not come by a route. */
  void on(HttpServerResponse response) {
    MultiMap headers = response.headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", NOTHING);
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cache-Control", "no-store");
    if (tls) {
      headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }

  /** For pages: own scripts only, own styles and those with this answer's nonce. */
  static String page(String nonce) {
    return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-"
        + nonce
        + "'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; object-src 'none';"
        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }
}
