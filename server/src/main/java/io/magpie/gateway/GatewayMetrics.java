package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Counts of the WebSocket edge for Prometheus; docs/operations.md lists them. */
final class GatewayMetrics {
  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Counter opened;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<String, Counter> shed = new ConcurrentHashMap<>();
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final Map<CloseCode, Counter> closed = new ConcurrentHashMap<>();

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.opened = registry.counter("magpie.connections.opened");
  }

  void connections(ConnectionRegistry connections, Admission admission, AtomicLong outbound) {
    registry.gauge("magpie.connections", connections, ConnectionRegistry::size);
    registry.gauge("magpie.connections.unauthenticated", admission, Admission::count);
    registry.gauge("magpie.outbound.bytes", outbound, AtomicLong::get);
  }

  void hellos(HelloGate gate) {
    registry.gauge("magpie.hellos.waiting", gate, HelloGate::waiting);
    registry.gauge("magpie.hellos.running", gate, HelloGate::running);
  }

  /** 1 from the moment that clients are being sent away. */
  void draining(BooleanSupplier draining) {
    Gauge.builder("magpie.draining", () -> draining.getAsBoolean() ? 1 : 0).register(registry);
  }

  /** 1 while hellos are refused because this node cannot reach the database. */
  void outage(BooleanSupplier lost) {
    Gauge.builder("magpie.postgres.lost", () -> lost.getAsBoolean() ? 1 : 0).register(registry);
  }

  void opened() {
    opened.increment();
  }

  /**
   * @param outcome done, failed, or refused because too many came
   */
  void hello(String outcome) {
    registry.counter("magpie.hellos", "outcome", outcome).increment();
  }

  /** From the hello to the welcome, the wait in the line included. */
  void welcomed(long nanos) {
    timer("magpie.hello.duration").record(nanos, TimeUnit.NANOSECONDS);
  }

  void resumed(ResumeKind kind) {
    registry.counter("magpie.resumed.streams", "kind", kind.label()).increment();
  }

  void closed(CloseCode code) {
    closed
        .computeIfAbsent(
            code,
            c -> registry.counter("magpie.connections.closed", "code", String.valueOf(c.number())))
        .increment();
  }

  void request(String op) {
    requests
        .computeIfAbsent(op, name -> registry.counter("magpie.requests", "op", name))
        .increment();
  }

  /** A request was refused before it was read. */
  void shed(String op) {
    shed.computeIfAbsent(op, name -> registry.counter("magpie.requests.shed", "op", name))
        .increment();
  }

  /** From a request's frame to its reply. */
  void replied(String op, long nanos) {
    durations
        .computeIfAbsent(op, name -> timer("magpie.request.duration", "op", name))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String name, String... tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(STEPS).register(registry);
  }
}
