package io.magpie.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * {@code magpie_nodes}: living nodes by their leases; {@code magpie_cluster_members}: nodes that
 * Hazelcast sees, 0 without a cluster. Fewer members than nodes for minutes means that the cluster
 * has fallen apart.
 */
public final class ClusterGauges {
  private static final long READ_MS = 5_000;
  private static final int MANY = 1_000;

  private volatile int nodes = 1;

  /** Registers the gauges; the number of nodes is read every {@value #READ_MS} ms. */
  public void register(
      MeterRegistry meters, Vertx vertx, NodeDirectory directory, IntSupplier members) {
    vertx.setPeriodic(
        READ_MS, timer -> directory.page("", MANY).onSuccess(page -> nodes = page.items().size()));
    gauge(meters, "magpie.nodes", () -> nodes);
    gauge(meters, "magpie.cluster.members", members::getAsInt);
  }

  private static void gauge(MeterRegistry meters, String name, Supplier<Number> value) {
    Gauge.builder(name, value).register(meters);
  }
}
