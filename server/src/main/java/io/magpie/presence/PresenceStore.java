package io.magpie.presence;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads presences. */
final class PresenceStore {
  private static final String COLUMNS =
      """
      p.user_id, p.state, p.version, a.availability, a.last_seen,
      a.status_emoji, a.status_text, a.status_until, s.seen_at
      """;

  private static final String BESIDE =
      """
      left join presence_setting a on a.user_id = p.user_id
      left join presence_seen s on s.user_id = p.user_id
      """;

  private static final String READ =
      "select " + COLUMNS + " from presence_live p " + BESIDE + " where p.user_id = any($1)";

  /** A crash of the database took their rows, or they were never there; the version goes on. */
  private static final String MAKE =
      """
      insert into presence_live (user_id, version, changed_in)
      select u, nextval('presence_version'), pg_current_xact_id()::text::bigint
      from unnest($1::uuid[]) as n (u)
      order by u
      on conflict (user_id) do nothing
      """;

  /**
   * Everything that may not have been seen by whoever asked with an earlier {@code next}: rows of
   * transactions that were not over then. Complete whatever the order of the commits, and without
   * anybody's clock. The upper bound is no bound: with it the planner takes few rows for granted,
   * and so the index.
   */
  static final String SINCE =
      "select t.next, "
          + COLUMNS
          + """
          from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as next) t
          left join (
            select * from presence_live where changed_in between $1 and $2 limit $3) p on true
          """
          + BESIDE;

  private final Database database;

  PresenceStore(Database database) {
    this.database = database;
  }

  /**
   * What changed.
   *
   * @param next to ask with the next time
   */
  record Changes(long next, List<PresenceRow> rows) {}

  /** One row for each of these users, who must exist. */
  Future<List<PresenceRow>> read(Collection<UUID> users) {
    return present(users)
        .compose(
            rows -> {
              Set<UUID> missing = new HashSet<>(users);
              rows.forEach(row -> missing.remove(row.user()));
              return missing.isEmpty()
                  ? Future.succeededFuture(rows)
                  : database.query(MAKE, ids(missing)).compose(made -> present(users));
            });
  }

  private Future<List<PresenceRow>> present(Collection<UUID> users) {
    return database.query(READ, ids(users)).map(PresenceStore::rows);
  }

  /**
   * Rows that changed, some of them more than once if transactions take long.
   *
   * @param since the {@code next} of the last answer
   * @param atMost so many rows mean that there may be more
   */
  Future<Changes> since(long since, int atMost) {
    return database
        .query(SINCE, Tuple.of(since, Long.MAX_VALUE, atMost))
        .map(rows -> new Changes(rows.iterator().next().getLong("next"), rows(rows)));
  }

  private static Tuple ids(Collection<UUID> users) {
    return Tuple.tuple().addArrayOfUUID(users.toArray(UUID[]::new));
  }

  private static List<PresenceRow> rows(RowSet<Row> rows) {
    List<PresenceRow> found = new ArrayList<>();
    for (Row row : rows) {
      if (row.getUUID("user_id") != null) {
        found.add(
            new PresenceRow(
                row.getUUID("user_id"),
                Activity.ofNumber(row.getShort("state")),
                settings(row),
                instant(row, "seen_at"),
                row.getLong("version")));
      }
    }
    return found;
  }

  /** What a row says of the user's choices; all columns null where nothing was ever chosen. */
  static PresenceSettings settings(Row row) {
    String availability = row.getString("availability");
    if (availability == null) {
      return PresenceSettings.DEFAULT;
    }
    Optional<Status> status =
        Optional.ofNullable(row.getString("status_text"))
            .map(
                text ->
                    new Status(
                        Optional.ofNullable(row.getString("status_emoji")),
                        text,
                        instant(row, "status_until")));
    return new PresenceSettings(availability, status, row.getString("last_seen"));
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
