package io.magpie.http;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** The port of operators: health with details and Prometheus metrics; no login, so loopback. */
public final class Management {
  private Management() {}

  /**
   * What the port shows.
   *
   * @param nodes reads the living nodes; the result is written as JSON
   */
  public record Parts(
      Health health, PrometheusMeterRegistry metrics, Supplier<? extends Future<?>> nodes) {}

  public static Future<HttpServer> start(Vertx vertx, String host, int port, Parts parts) {
    Router router = Router.router(vertx);
    parts.health().mount(router);
    parts.health().mountDetails(router);
    router
        .get("/nodes")
        .handler(
            context ->
                parts
                    .nodes()
                    .get()
                    .onSuccess(
                        page ->
                            context
                                .response()
                                .putHeader("Content-Type", "application/json")
                                .end(Json.write(page)))
                    .onFailure(failure -> Problems.send(context, ErrorCode.UNAVAILABLE)));
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(parts.metrics().scrape()));
    router.route().handler(context -> Problems.send(context, ErrorCode.NOT_FOUND));
    return vertx
        .createHttpServer(
            new HttpServerOptions().setHost(host).setPort(port).setHttp2ClearTextEnabled(false))
        .requestHandler(router)
        .listen();
  }
}
