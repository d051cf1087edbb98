package io.magpie.http;

import io.magpie.protocol.ErrorCode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/** The port of operators: health with details and Prometheus metrics; no login, so loopback. */
public final class Management {
  private Management() {}

  public static Future<HttpServer> start(
      Vertx vertx, String host, int port, Health health, PrometheusMeterRegistry metrics) {
    Router router = Router.router(vertx);
    health.mount(router);
    health.mountDetails(router);
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(metrics.scrape()));
    router.route().handler(context -> Problems.send(context, ErrorCode.NOT_FOUND));
    return vertx
        .createHttpServer(
            new HttpServerOptions().setHost(host).setPort(port).setHttp2ClearTextEnabled(false))
        .requestHandler(router)
        .listen();
  }
}
