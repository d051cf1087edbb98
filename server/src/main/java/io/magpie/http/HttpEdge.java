package io.magpie.http;

import io.magpie.access.Authenticator;
import io.magpie.gateway.Gateway;
import io.magpie.gateway.UpgradePolicy;
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
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;

/** One HTTP server for one event loop; several share the port. */
public final class HttpEdge {
  private static final String SUBPROTOCOL = "magpie.v1";

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
    Router router = router(vertx);
    HttpServer server = vertx.createHttpServer(options);
    server.connectionHandler(slowness::accepted);
    parts.gateway().attach(server, new Upgrades(slowness));
    server.requestHandler(
        request -> {
          slowness.began(request);
          if (oneHost(request)) {
            router.handle(request);
          } else {
            HttpConnection connection = request.connection();
            request.response().setStatusCode(400).end().onComplete(sent -> connection.close());
          }
        });
    return server.listen();
  }

  /** Two of them, or none, and a proxy may mean another server than this one (RFC 9112, 3.2). */
  private static boolean oneHost(HttpServerRequest request) {
    int hosts = request.headers().getAll("Host").size();
    return hosts == 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_0;
  }

  private Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(metrics);
    router.route().handler(new SecurityHeaders(settings.tls()));
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

  private final class Upgrades implements UpgradePolicy {
    private final Slowness slowness;

    Upgrades(Slowness slowness) {
      this.slowness = slowness;
    }

    @Override
    public Verdict check(ServerWebSocketHandshake handshake) {
      String address = addresses.of(handshake.remoteAddress().hostAddress(), handshake.headers());
      return new Verdict(refusal(handshake), address);
    }

    @Override
    public void upgraded(ServerWebSocketHandshake handshake) {
      slowness.upgraded(handshake.remoteAddress());
    }
  }

  /** A WebSocket must ask for our subprotocol, come from an allowed page and carry no query. */
  private int refusal(ServerWebSocketHandshake handshake) {
    if (!"/ws".equals(handshake.path())) {
      return 404;
    }
    if (!origins.permits(handshake.headers(), String.valueOf(handshake.authority()))) {
      return 403;
    }
    String offered = String.join(",", handshake.headers().getAll("Sec-WebSocket-Protocol"));
    boolean ours = Arrays.stream(offered.split(",")).anyMatch(p -> p.strip().equals(SUBPROTOCOL));
    boolean query = handshake.query() != null && !handshake.query().isEmpty();
    return ours && !query ? 0 : 400;
  }
}
