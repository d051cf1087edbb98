package io.magpie.app;

import io.magpie.app.config.NodeConfig;
import io.magpie.app.config.PostgresConfig;
import io.magpie.cluster.NodeIdTaken;
import io.magpie.cluster.NodeSelf;
import io.magpie.cluster.PostgresNodeLease;
import io.magpie.storage.Database;
import io.magpie.storage.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Takes this node's lease. It has connections of its own: a pool that is full of people's requests
 * must not make a living node look dead.
 */
final class Lease implements AutoCloseable {
  private static final int CONNECTIONS = 2;
  private static final int WAITERS = 16;

  private final Database database;
  private final PostgresNodeLease lease;

  private Lease(Database database, PostgresNodeLease lease) {
    this.database = database;
    this.lease = lease;
  }

  /**
   * Blocks until the lease is taken, which with a fixed id may take as long as the lease of a
   * predecessor that was killed.
   *
   * @throws StartFailure {@code node-id-taken}
   */
  static Lease take(Vertx vertx, String uri, PostgresConfig postgres, NodeConfig config) {
    Duration third = config.lease().dividedBy(3);
    PoolSettings pool =
        new PoolSettings(
            CONNECTIONS,
            WAITERS,
            shorter(postgres.connectTimeout(), third),
            shorter(postgres.statementTimeout(), third));
    Database database = Database.open(vertx, uri, pool);
    NodeSelf self =
        new NodeSelf(
            config.id().orElseGet(NodeName::make), ServerInfo.buildVersion(), config.lease());
    try {
      // A predecessor may have had a longer lease than this node: five minutes at most.
      Duration longest = Duration.ofMinutes(6);
      return new Lease(
          database, Waiting.on(PostgresNodeLease.take(vertx, database, self), longest));
    } catch (NodeIdTaken e) {
      throw new StartFailure(
          "node-id-taken", e.getMessage() + " Give each node its own MAGPIE_NODE_ID, or none.", e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  PostgresNodeLease get() {
    return lease;
  }

  /** Whether the database answers, over these connections. */
  Future<Void> probe() {
    return database.probe();
  }

  /** The other nodes see at once that this one is gone; blocks. */
  @Override
  public void close() {
    try {
      Waiting.on(lease.release());
    } finally {
      Waiting.on(database.stop());
    }
  }
}
