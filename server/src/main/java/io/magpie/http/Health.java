package io.magpie.http;

import io.magpie.protocol.Json;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code /health/live}: the process runs. {@code /health/ready}: it takes work, which means that it
 * is not draining and that PostgreSQL answers. Redis is not needed for readiness: nothing is lost
 * without it. Both say no more than that on the public port.
 */
public final class Health {
  private final Supplier<Future<Void>> postgres;
  private final Supplier<Future<Void>> redis;
  private volatile boolean taking;
  private volatile boolean lost;

  /**
   * @param postgres probes the database through the pool
   * @param redis probes Redis
   */
  public Health(Supplier<Future<Void>> postgres, Supplier<Future<Void>> redis) {
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Everything is up. */
  public void ready() {
    taking = true;
  }

  /** The node is about to stop. */
  public void draining() {
    taking = false;
  }

  /** Whether this node takes clients as far as the database is not concerned. */
  public boolean taking() {
    return taking;
  }

  /**
   * Whether the database is known to be lost; then nobody has to wait for a probe.
   *
   * @param lost until this is told again
   */
  public void lost(boolean lost) {
    this.lost = lost;
  }

  void mount(Router router) {
    router.get("/health/live").handler(context -> answer(context, true));
    router
        .get("/health/ready")
        .handler(
            context -> {
              if (taking && !lost) {
                probe(postgres).onSuccess(up -> answer(context, up && taking));
              } else {
                answer(context, false);
              }
            });
  }

  void mountDetails(Router router) {
    router
        .get("/health")
        .handler(
            context ->
                Future.all(probe(postgres), probe(redis))
                    .onSuccess(
                        both ->
                            context
                                .response()
                                .putHeader("Content-Type", "application/json")
                                .end(
                                    Json.write(
                                        Map.of(
                                            "taking", taking,
                                            "postgres", both.<Boolean>resultAt(0),
                                            "redis", both.<Boolean>resultAt(1))))));
  }

  private static Future<Boolean> probe(Supplier<Future<Void>> service) {
    return service
        .get()
        .timeout(2, TimeUnit.SECONDS)
        .transform(done -> Future.succeededFuture(done.succeeded()));
  }

  private static void answer(RoutingContext context, boolean up) {
    context
        .response()
        .setStatusCode(up ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(up ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}");
  }
}
