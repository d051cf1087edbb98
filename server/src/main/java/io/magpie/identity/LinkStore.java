package io.magpie.identity;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code user_link}. */
final class LinkStore {
  private static final String INSERT =
      """
      insert into user_link (hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)
      """;

  private static final String OPEN =
      """
      select u.id, u.username, u.display_name, u.kind, u.department, u.job_title, u.role, u.locale,
             false as disabled, false as of_app
      from user_link l join app_user u on u.id = l.user_id
      where l.hash = $1 and l.used_at is null and l.expires_at > $2
        and u.disabled_at is null and u.app_id is null
      """;

  private static final String USE =
      """
      update user_link set used_at = $2
      where hash = $1 and used_at is null and expires_at > $2
      """;

  private static final String CLOSE_ALL =
      "update user_link set used_at = $2 where user_id = $1 and used_at is null";

  private final Database database;
  private final Clock clock;

  LinkStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Answers when it ends. */
  Future<Instant> insert(SqlConnection tx, Buffer hash, UUID user, Duration life) {
    Instant now = clock.instant();
    Instant end = now.plus(life);
    return tx.preparedQuery(INSERT).execute(Tuple.of(hash, user, utc(now), utc(end))).map(end);
  }

  /** Whose password the link sets; empty when it cannot be used any more. */
  Future<Optional<Account>> open(Buffer hash) {
    return database.query(OPEN, Tuple.of(hash, utc(clock.instant()))).map(UserStore::first);
  }

  /** Whether it was this call that used the link up. */
  Future<Boolean> use(SqlConnection tx, Buffer hash) {
    return tx.preparedQuery(USE)
        .execute(Tuple.of(hash, utc(clock.instant())))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Ends all links of a user, because the password has been set. */
  Future<Void> closeAll(SqlConnection tx, UUID user) {
    return tx.preparedQuery(CLOSE_ALL).execute(Tuple.of(user, utc(clock.instant()))).mapEmpty();
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
