package io.magpie.app;

import io.magpie.app.config.ClusterConfig;
import io.magpie.cluster.ClusterRefused;
import io.magpie.cluster.ClusterSettings;
import io.magpie.cluster.ClusteredVertx;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * The event loops of this node, on their own or joined to those of other nodes.
 *
 * @param members how many nodes the cluster has as Hazelcast sees it; 0 without a cluster
 */
record EventLoops(Vertx vertx, IntSupplier members) {
  private static final Duration JOIN = Duration.ofSeconds(60);

  /**
   * Blocks while a cluster is joined.
   *
   * @throws StartFailure {@code cluster}
   */
  static EventLoops start(ClusterConfig config) {
    VertxOptions options = new VertxOptions().setPreferNativeTransport(true);
    if (!config.on()) {
      return new EventLoops(Vertx.vertx(options), () -> 0);
    }
    try {
      ClusteredVertx.Joined joined =
          Waiting.on(ClusteredVertx.join(options, settings(config)), JOIN);
      return new EventLoops(joined.vertx(), joined.members());
    } catch (ClusterRefused e) {
      throw new StartFailure("cluster", e.getMessage(), e);
    }
  }

  private static ClusterSettings settings(ClusterConfig config) {
    return new ClusterSettings(
        config.name(),
        config.host(),
        config.publicAllowed(),
        config.port(),
        config.busPort(),
        config.members(),
        config.file(),
        config
            .tls()
            .map(tls -> new ClusterSettings.Tls(tls.certificate(), tls.key(), tls.authority())));
  }
}
