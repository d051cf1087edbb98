package io.magpie.app;

import io.magpie.app.config.HttpConfig;
import io.magpie.cluster.ClusterGauges;
import io.magpie.cluster.NodeDirectory;
import io.magpie.cluster.NodeOperations;
import io.magpie.cluster.NodeSignals;
import io.magpie.cluster.NodeVitals;
import io.micrometer.core.instrument.Gauge;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What operators see of the nodes, and what this one tells of itself. */
final class Nodes {
  private final Core core;
  private final NodeDirectory directory;

  private Nodes(Core core, NodeDirectory directory) {
    this.core = core;
    this.directory = directory;
  }

  /** Registers operations, signals and metrics. */
  static Nodes start(Core core) {
    NodeDirectory directory = new NodeDirectory(core.database());
    NodeSignals signals = new NodeSignals(core.vertx());
    signals.listen(core.lease().node(), core.lease()::refresh);
    new NodeOperations(directory, signals, core.access()).register(core.operations());
    new ClusterGauges().register(core.metrics(), core.vertx(), directory, core.members());
    return new Nodes(core, directory);
  }

  NodeDirectory directory() {
    return directory;
  }

  /** From now on the lease tells how this node does. */
  void tell(HttpConfig http, int port) {
    String address = address(http, port);
    core.lease().vitals(() -> vitals(address));
    core.lease().refresh();
  }

  private NodeVitals vitals(String address) {
    return new NodeVitals(
        address,
        (int) gauge("magpie.connections"),
        Math.max(0, gauge("process.cpu.usage")), // negative before the first measurement
        core.process().slowestLoopMs());
  }

  /** 0 where nobody measures: a missing number must not cost the lease. */
  private double gauge(String name) {
    Gauge gauge = core.metrics().find(name).gauge();
    return gauge == null ? 0 : gauge.value();
  }

  /** The node itself, not the balancer before it. */
  private static String address(HttpConfig http, int port) {
    String scheme = http.tls().isPresent() ? "https" : "http";
    boolean every = http.host().equals("0.0.0.0") || http.host().equals("::");
    String host = every ? ownHost() : http.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static String ownHost() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
