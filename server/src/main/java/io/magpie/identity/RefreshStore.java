package io.magpie.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code refresh_token}. */
final class RefreshStore {
  private static final String INSERT =
      """
      insert into refresh_token (hash, session_id, issued_at, expires_at)
      values ($1, $2, $3, $4)
      """;

  private static final String LOCK = "select 1 from refresh_token where hash = $1 for update";

  /** A statement of its own: only a snapshot taken after the lock shows what others did. */
  private static final String READ =
      """
      select r.session_id, r.used_at, r.successor, r.expires_at > $2 and s.expires_at > $2 as valid,
             s.revoked_at is null as live, s.user_id,
             exists (select 1 from refresh_token n
                     where n.hash = r.successor and n.used_at is null) as successor_unused
      from refresh_token r join session s on s.id = r.session_id
      where r.hash = $1
      """;

  private static final String USE =
      "update refresh_token set used_at = $2, successor = $3 where hash = $1";

  private final Clock clock;

  RefreshStore(Clock clock) {
    this.clock = clock;
  }

  Future<Void> insert(SqlConnection tx, UUID session, Buffer hash, Duration life) {
    Instant now = clock.instant();
    return tx.preparedQuery(INSERT)
        .execute(Tuple.of(hash, session, utc(now), utc(now.plus(life))))
        .mapEmpty();
  }

  /** The token's row, locked until the transaction ends. */
  Future<Optional<RefreshRow>> lock(SqlConnection tx, Buffer hash) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(hash))
        .compose(locked -> tx.preparedQuery(READ).execute(Tuple.of(hash, utc(clock.instant()))))
        .map(RefreshStore::first);
  }

  Future<Void> use(SqlConnection tx, Buffer hash, Buffer successor) {
    return tx.preparedQuery(USE)
        .execute(Tuple.of(hash, utc(clock.instant()), successor))
        .mapEmpty();
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static Optional<RefreshRow> first(RowSet<Row> rows) {
    RowIterator<Row> iterator = rows.iterator();
    if (!iterator.hasNext()) {
      return Optional.empty();
    }
    Row row = iterator.next();
    return Optional.of(
        new RefreshRow(
            row.getUUID("session_id"),
            row.getUUID("user_id"),
            row.getBoolean("live"),
            row.getBoolean("valid"),
            Optional.ofNullable(row.getOffsetDateTime("used_at")).map(OffsetDateTime::toInstant),
            Optional.ofNullable(row.getBuffer("successor")),
            row.getBoolean("successor_unused")));
  }
}
