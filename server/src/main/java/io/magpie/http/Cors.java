package io.magpie.http;

import io.magpie.protocol.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses foreign origins and answers preflights of those that are set. Credentials of cross-origin
 * pages are bearer tokens; cookies are for the own origin only, so they are never allowed here.
 */
final class Cors implements Handler<RoutingContext> {
  private final Origins origins;

  Cors(Origins origins) {
    this.origins = origins;
  }

  @Override
  public void handle(RoutingContext context) {
    String authority = String.valueOf(context.request().authority());
    MultiMap headers = context.request().headers();
    if (!origins.permits(headers, authority)) {
      Problems.send(context, ErrorCode.ORIGIN_REFUSED);
      return;
    }
    String origin = headers.get("Origin");
    if (origin != null && origins.listed(origin)) {
      MultiMap answer = context.response().headers();
      answer.set("Access-Control-Allow-Origin", origin);
      answer.set("Cross-Origin-Resource-Policy", "cross-origin");
      answer.add("Vary", "Origin");
      if (context.request().method() == HttpMethod.OPTIONS) {
        answer.set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        answer.set("Access-Control-Allow-Headers", "Authorization, Content-Type");
        answer.set("Access-Control-Max-Age", "600");
        context.response().setStatusCode(204).end();
        return;
      }
    }
    context.next();
  }
}
