package io.magpie.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.access.Actor;
import io.magpie.operation.Call;
import io.magpie.operation.Operation;
import io.magpie.operation.Operation.Transport;
import io.magpie.operation.Operations;
import io.magpie.operation.Peer;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.storage.Failing;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One route for each operation of the OpenAPI document that the table has a handler for. */
final class OperationRoutes {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Contract contract;
  private final Operations operations;
  private final HttpAuthentication authentication;
  private final ClientAddress addresses;
  private final RequestRate rate;

  OperationRoutes(
      Contract contract,
      Operations operations,
      HttpAuthentication authentication,
      ClientAddress addresses,
      RequestRate rate) {
    this.contract = contract;
    this.operations = operations;
    this.authentication = authentication;
    this.addresses = addresses;
    this.rate = rate;
  }

  void mount(Router router) {
    contract
        .openapi()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            mount(router, path.getKey(), method.getKey(), method.getValue())));
  }

  private void mount(Router router, String path, String method, JsonNode description) {
    String name = description.get("operationId").textValue();
    operations
        .find(name)
        .filter(operation -> operation.transports().contains(Transport.HTTP))
        .ifPresent(
            operation -> {
              RequestParams params = new RequestParams(contract, description);
              int status = status(description);
              router
                  .route(
                      HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                      path.replaceAll("\\{(\\w+)}", ":$1"))
                  .handler(context -> serve(context, operation, params, status));
            });
  }

  private static int status(JsonNode description) {
    String first = description.get("responses").fieldNames().next();
    return Integer.parseInt(first);
  }

  private void serve(
      RoutingContext context, Operation operation, RequestParams params, int status) {
    HttpMetrics.operation(context, operation.name());
    Failing.<Object>call(() -> run(context, operation, params))
        .timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            done ->
                context
                    .vertx()
                    .runOnContext(
                        go -> {
                          if (done.succeeded()) {
                            answer(context, done.result(), status);
                          } else {
                            Problems.send(context, done.cause());
                          }
                        }));
  }

  private Future<Object> run(RoutingContext context, Operation operation, RequestParams params) {
    String address =
        addresses.of(context.request().remoteAddress().hostAddress(), context.request().headers());
    rate.mayTry(address);
    return Failing.call(() -> actor(context, operation))
        .onFailure(failure -> rate.refused(address))
        .compose(
            actor -> {
              rate.admit(actor, address);
              Peer peer = new Peer(address, agent(context), cookie(context, operation));
              return operation
                  .handler()
                  .handle(new Call(actor, Params.of(params.read(context)), peer))
                  .map(result -> (Object) result);
            });
  }

  private Future<Actor> actor(RoutingContext context, Operation operation) {
    return authentication
        .actor(context.request(), operation.audience())
        .map(actor -> (Actor) actor);
  }

  /** Only operations for everybody look at the cookie themselves: login, refresh. */
  private Optional<String> cookie(RoutingContext context, Operation operation) {
    return operation.audience() == Operation.Audience.APP
        ? Optional.empty()
        : authentication.cookie(context.request());
  }

  private static String agent(RoutingContext context) {
    String agent = context.request().getHeader("User-Agent");
    return agent == null ? "" : agent.substring(0, Math.min(200, agent.length()));
  }

  private static void answer(RoutingContext context, Object result, int status) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    Object body = result;
    if (result instanceof WithCookie with) {
      context.response().addCookie(cookie(with));
      body = with.body();
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body == null ? "{}" : Json.write(body));
  }

  private static Cookie cookie(WithCookie with) {
    long age = with.value().isEmpty() ? 0 : with.maxAge().toSeconds();
    return Cookie.cookie(HttpAuthentication.COOKIE, with.value())
        .setPath("/")
        .setSecure(true)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(age);
  }
}
