package io.magpie.http;

import io.magpie.access.Authenticator;
import io.magpie.gateway.Gateway;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.UUID;
import java.util.function.Function;

/** One HTTP server for one event loop; several share the port. */
public final class HttpEdge {
  private final Parts parts;
  private final HttpSettings settings;
  private final Origins origins;
  private final ClientAddress addresses;
  private final RequestRate rate;
  private final PlainConnections plain;
  private final HttpMetrics metrics;

  /**
   * What the edge works with.
   *
   * @param avatar renders a user's picture as SVG
   */
  public record Parts(
      Contract contract,
      Operations operations,
      Authenticator authenticator,
      Gateway gateway,
      Health health,
      StaticPages pages,
      Function<UUID, Future<String>> avatar,
      MeterRegistry meters) {}

  public HttpEdge(Parts parts, HttpSettings settings) {
    this.parts = parts;
    this.settings = settings;
    this.origins = new Origins(settings.origins(), settings.host());
    this.addresses = new ClientAddress(settings.trustedProxy());
    this.rate = new RequestRate(settings.requestsPerSecond(), settings.requestsBurst());
    this.plain = new PlainConnections(settings.plainConnections());
    this.metrics = new HttpMetrics(parts.meters(), plain);
  }

  /** Listens; call on the event loop that shall serve. */
  public Future<HttpServer> listen(Vertx vertx, HttpServerOptions options) {
    Slowness slowness = new Slowness(vertx, settings.requestDeadline(), plain);
    HttpServer server = vertx.createHttpServer(options);
    server.connectionHandler(slowness::accepted);
    SecurityHeaders headers = new SecurityHeaders(settings.tls());
    Upgrades upgrades =
        new Upgrades(origins, addresses, headers, slowness, parts.gateway().entrance());
    Router router = router(vertx, headers);
    server.requestHandler(
        request -> {
          if (!oneHost(request)) {
            slowness.began(request);
            HttpConnection connection = request.connection();
            request.response().setStatusCode(400).end().onComplete(sent -> connection.close());
          } else if (request.canUpgradeToWebSocket()) {
            upgrades.handle(request);
          } else {
            slowness.began(request);
            router.handle(request);
          }
        });
    return server.listen();
  }

  /** Two of them, or none, and a proxy may mean another server than this one (RFC 9112, 3.2). */
  private static boolean oneHost(HttpServerRequest request) {
    int hosts = request.headers().getAll("Host").size();
    return hosts == 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_0;
  }

  private Router router(Vertx vertx, SecurityHeaders headers) {
    Router router = Router.router(vertx);
    router.route().handler(metrics);
    router.route().handler(headers);
    parts.health().mount(router);
    router.route().handler(new Cors(origins));
    router.route("/api/v1/*").subRouter(api(vertx));
    if (settings.apiPage()) {
      parts.pages().mountContract(router);
    }
    router.route("/api/*").handler(context -> Problems.send(context, ErrorCode.NOT_FOUND));
    router.route("/contract/*").handler(context -> Problems.send(context, ErrorCode.NOT_FOUND));
    router.route("/ws").handler(context -> Problems.send(context, ErrorCode.BAD_REQUEST));
    router.route("/metrics").handler(context -> Problems.send(context, ErrorCode.NOT_FOUND));
    router.route("/health*").handler(context -> Problems.send(context, ErrorCode.NOT_FOUND));
    router.route().handler(parts.pages().webApp());
    failures(router);
    return router;
  }

  private Router api(Vertx vertx) {
    Router api = Router.router(vertx);
    api.get("/users/:user/avatar").handler(new AvatarRoute(parts.avatar()));
    api.route().handler(BodyHandler.create(false).setBodyLimit(settings.bodyBytes()));
    new OperationRoutes(
            parts.contract(),
            parts.operations(),
            new HttpAuthentication(parts.authenticator()),
            addresses,
            rate)
        .mount(api);
    failures(api);
    return api;
  }

  private static void failures(Router router) {
    router.route().failureHandler(HttpEdge::failed);
    router.errorHandler(400, context -> Problems.send(context, ErrorCode.BAD_REQUEST));
    router.errorHandler(404, context -> Problems.send(context, ErrorCode.NOT_FOUND));
    router.errorHandler(405, context -> Problems.send(context, ErrorCode.METHOD_NOT_ALLOWED));
    router.errorHandler(413, context -> Problems.send(context, ErrorCode.FRAME_TOO_LARGE));
    router.errorHandler(500, HttpEdge::failed);
  }

  private static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure instanceof HttpClosedException) {
      return; // the client went away, which is no accident and needs no answer
    }
    boolean reading = !context.request().isEnded(); // of a body that cannot be decoded
    int status =
        failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
    switch (status) {
      case 404 -> Problems.send(context, ErrorCode.NOT_FOUND);
      case 405 -> Problems.send(context, ErrorCode.METHOD_NOT_ALLOWED);
      case 413 -> Problems.send(context, ErrorCode.FRAME_TOO_LARGE);
      default -> {
        if (reading || status >= 400 && status < 500) {
          Problems.send(context, ErrorCode.BAD_REQUEST);
        } else {
          Problems.send(
              context, failure == null ? new IllegalStateException("no failure") : failure);
        }
      }
    }
  }
}
