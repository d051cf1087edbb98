package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts of the WebSocket edge for Prometheus. */
final class GatewayMetrics {
  private final MeterRegistry registry;
  private final Counter opened;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<CloseCode, Counter> closed = new ConcurrentHashMap<>();

  GatewayMetrics(
      MeterRegistry registry,
      ConnectionRegistry connections,
      Admission admission,
      AtomicLong outbound) {
    this.registry = registry;
    this.opened = registry.counter("magpie.connections.opened");
    registry.gauge("magpie.connections", connections, ConnectionRegistry::size);
    registry.gauge("magpie.connections.unauthenticated", admission, Admission::count);
    registry.gauge("magpie.outbound.bytes", outbound, AtomicLong::get);
  }

  void opened() {
    opened.increment();
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
}
