package io.magpie.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many requests of which operation were answered how, and how long it took. Paths are no
 * labels: there are as many of them as ids.
 */
final class HttpMetrics implements Handler<RoutingContext> {
  private static final String OPERATION = "magpie.operation";
  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

  private record Answer(String operation, String status) {}

  HttpMetrics(MeterRegistry registry, PlainConnections connections) {
    this.registry = registry;
    Gauge.builder("magpie.http.connections", connections::count).register(registry);
  }

  /** Says which operation this request turned out to be. */
  static void operation(RoutingContext context, String name) {
    context.put(OPERATION, name);
  }

  @Override
  public void handle(RoutingContext context) {
    long since = System.nanoTime();
    context.addEndHandler(ended -> answered(context, System.nanoTime() - since));
    context.next();
  }

  private void answered(RoutingContext context, long nanos) {
    String operation = context.get(OPERATION, "other");
    String status = context.response().getStatusCode() / 100 + "xx";
    timers
        .computeIfAbsent(new Answer(operation, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Answer answer) {
    return Timer.builder("magpie.http.duration")
        .tags("op", answer.operation(), "status", answer.status())
        .serviceLevelObjectives(STEPS)
        .register(registry);
  }
}
