package io.magpie.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Event loops that are joined to those of other nodes. Only operators' signals go that way: every
 * part of a cluster that fell apart goes on serving people on the same PostgreSQL and Redis.
 *
 * <p>Nothing else refers to Hazelcast, so a node without a cluster never loads it.
 */
public final class ClusteredVertx {
  private static final int PING_MS = 5_000;

  /** Where other nodes reach the event bus when something stands in front of its port. */
  private static final String PUBLIC_PORT = "vertx.cluster.public.port";

  private ClusteredVertx() {}

  /**
   * A node's event loops.
   *
   * @param members how many nodes Hazelcast sees, this one included
   */
  public record Joined(Vertx vertx, IntSupplier members) {}

  /**
   * Joins; members that do not answer are not waited for longer than 20 s.
   *
   * @return fails with {@link ClusterRefused} when the settings cannot be used
   */
  public static Future<Joined> join(VertxOptions options, ClusterSettings settings) {
    HazelcastClusterManager manager = new HazelcastClusterManager(HazelcastSettings.of(settings));
    options.setEventBusOptions(bus(options.getEventBusOptions(), settings));
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .map(vertx -> new Joined(vertx, () -> manager.isActive() ? manager.getNodes().size() : 0))
        .recover(failure -> Future.failedFuture(explain(failure, settings)));
  }

  private static Throwable explain(Throwable failure, ClusterSettings settings) {
    return new ClusterRefused(
        "The cluster cannot be joined at "
            + settings.host()
            + ", ports MAGPIE_CLUSTER_PORT="
            + settings.port()
            + " and MAGPIE_CLUSTER_BUS_PORT="
            + settings.busPort()
            + ": "
            + failure.getMessage(),
        failure);
  }

  static EventBusOptions bus(EventBusOptions options, ClusterSettings settings) {
    options
        .setHost(settings.host())
        .setPort(settings.busPort())
        .setClusterPublicHost(settings.host())
        .setClusterPublicPort(Integer.getInteger(PUBLIC_PORT, settings.busPort()))
        .setClusterPingInterval(PING_MS)
        .setClusterPingReplyInterval(PING_MS)
        .setConnectTimeout(3_000)
        .setIdleTimeout(60)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setTrustAll(false);
    settings.tls().ifPresent(tls -> secure(options, tls));
    return options;
  }

  private static void secure(EventBusOptions options, ClusterSettings.Tls tls) {
    options
        .setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString()));
  }
}
