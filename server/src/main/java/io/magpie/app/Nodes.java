package io.magpie.app;

import com.sun.management.OperatingSystemMXBean;
import io.magpie.app.config.HttpConfig;
import io.magpie.cluster.ClusterGauges;
import io.magpie.cluster.EventLoopLag;
import io.magpie.cluster.NodeDirectory;
import io.magpie.cluster.NodeOperations;
import io.magpie.cluster.NodeSignals;
import io.magpie.cluster.NodeVitals;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What operators see of the nodes, and what this one tells of itself. */
final class Nodes {
  private final Core core;
  private final NodeDirectory directory;
  private final EventLoopLag lag;

  private Nodes(Core core, NodeDirectory directory, EventLoopLag lag) {
    this.core = core;
    this.directory = directory;
    this.lag = lag;
  }

  /** Registers operations, signals and metrics; blocks for a moment. */
  static Nodes start(Core core) {
    NodeDirectory directory = new NodeDirectory(core.database());
    NodeSignals signals = new NodeSignals(core.vertx());
    signals.listen(core.lease().node(), core.lease()::refresh);
    new NodeOperations(directory, signals, core.access()).register(core.operations());
    EventLoopLag lag = Waiting.on(EventLoopLag.start(core.vertx()));
    new ClusterGauges().register(core.metrics(), core.vertx(), directory, core.members(), lag);
    return new Nodes(core, directory, lag);
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
        (int) core.metrics().get("magpie.connections").gauge().value(),
        Math.max(0, load()),
        lag.takeMs());
  }

  /** Negative before the first measurement. */
  private static double load() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuLoad();
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
