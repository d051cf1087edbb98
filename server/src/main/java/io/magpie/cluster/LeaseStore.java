package io.magpie.cluster;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The row of one node. All times are the database's, so no node's clock matters. */
final class LeaseStore {
  /** What of $7 is there is this node's own, also when the answer to an earlier try was lost. */
  private static final String TAKE =
      """
      with taken as (
        insert into node as n
          (id, incarnation, version, address, started_at, lease_until, draining)
        values ($1, $2, $3, $4, clock_timestamp(),
          clock_timestamp() + make_interval(secs => $5), $6)
        on conflict (id) do update set
          incarnation = excluded.incarnation, version = excluded.version,
          address = excluded.address, lease_until = excluded.lease_until,
          draining = excluded.draining, connections = 0, load = 0, lag_ms = 0,
          started_at = case when n.incarnation = any($7) then n.started_at
            else excluded.started_at end
        where n.lease_until <= clock_timestamp() or n.incarnation = any($7)
        returning 1)
      select exists (select from taken) as taken,
        coalesce((select ceil(extract(epoch from lease_until - clock_timestamp()) * 1000)
          from node where id = $1), 0)::bigint as remaining_ms
      """;

  private static final String RENEW =
      """
      update node set lease_until = clock_timestamp() + make_interval(secs => $3),
        address = $4, connections = $5, load = $6, lag_ms = $7, draining = draining or $8
      where id = $1 and incarnation = $2 and lease_until > clock_timestamp()
      returning draining
      """;

  private static final String RELEASE = "delete from node where id = $1 and incarnation = any($2)";

  private static final String FORGET =
      "delete from node where lease_until < clock_timestamp() - interval '1 hour'";

  /**
   * Outcome of a try to take a lease.
   *
   * @param taken whether it is ours now
   * @param remaining how long the lease that was in the way could last if nobody renews it
   */
  record Taking(boolean taken, Duration remaining) {}

  private final Database database;
  private final NodeSelf self;

  LeaseStore(Database database, NodeSelf self) {
    this.database = database;
    this.self = self;
  }

  Future<Taking> take(UUID incarnation, UUID[] own, String address, boolean draining) {
    Tuple values =
        Tuple.of(self.id(), incarnation, self.version(), address, seconds(), draining)
            .addArrayOfUUID(own);
    return database.query(TAKE, values).map(rows -> taking(rows.iterator().next()));
  }

  private static Taking taking(Row row) {
    return new Taking(
        row.getBoolean("taken"), Duration.ofMillis(Math.max(0, row.getLong("remaining_ms"))));
  }

  /** Whether the node is to drain; empty when the lease of this incarnation is over. */
  Future<Optional<Boolean>> renew(UUID incarnation, NodeVitals vitals, boolean draining) {
    Tuple values =
        Tuple.of(
            self.id(),
            incarnation,
            seconds(),
            vitals.address(),
            vitals.connections(),
            (float) vitals.load(),
            vitals.lagMs(),
            draining);
    return database
        .query(RENEW, values)
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(draining(rows)));
  }

  private static boolean draining(Iterable<Row> rows) {
    return rows.iterator().next().getBoolean("draining");
  }

  Future<Void> release(UUID[] own) {
    return database.query(RELEASE, Tuple.of(self.id()).addArrayOfUUID(own)).mapEmpty();
  }

  /** Removes nodes that have been dead for an hour. */
  Future<Void> forget() {
    return database.query(FORGET, Tuple.tuple()).mapEmpty();
  }

  private double seconds() {
    return self.lease().toMillis() / 1e3;
  }
}
