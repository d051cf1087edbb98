package io.magpie.cluster;

import io.magpie.protocol.PageCursor;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The living nodes, read from PostgreSQL each time: every node gives the same answer. */
public final class NodeDirectory {
  private static final String LIST =
      """
      select id, version, address, started_at, draining, connections, load, lag_ms,
        ceil(extract(epoch from lease_until - clock_timestamp()) * 1000)::bigint as lease_ms
      from node
      where lease_until > clock_timestamp() and id > $1
      order by id
      limit $2
      """;

  private static final String DRAIN =
      """
      update node set draining = true
      where id = $1 and lease_until > clock_timestamp()
      returning id, version, address, started_at, draining, connections, load, lag_ms,
        ceil(extract(epoch from lease_until - clock_timestamp()) * 1000)::bigint as lease_ms
      """;

  private final Database database;

  public NodeDirectory(Database database) {
    this.database = database;
  }

  /**
   * Living nodes by id.
   *
   * @param after id of the last one of the page before; empty for the first page
   */
  public Future<NodePage> page(String after, int limit) {
    return database
        .query(LIST, Tuple.of(after, limit + 1))
        .map(NodeDirectory::nodes)
        .map(
            nodes ->
                nodes.size() > limit
                    ? new NodePage(
                        nodes.subList(0, limit),
                        Optional.of(PageCursor.of(nodes.get(limit - 1).id())))
                    : new NodePage(nodes, Optional.empty()));
  }

  /** Asks a node to send its clients away; it reads that back when it renews its lease. */
  public Future<Optional<Node>> drain(String id) {
    return database.query(DRAIN, Tuple.of(id)).map(rows -> nodes(rows).stream().findFirst());
  }

  private static List<Node> nodes(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(NodeDirectory::node).toList();
  }

  private static Node node(Row row) {
    return new Node(
        row.getString("id"),
        row.getString("version"),
        row.getString("address"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getBoolean("draining"),
        row.getInteger("connections"),
        row.getFloat("load"),
        row.getInteger("lag_ms"),
        row.getLong("lease_ms"));
  }
}
