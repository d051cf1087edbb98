package io.magpie.presence;

import io.magpie.storage.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** What users chose. Written in changes that hold the lock of the user's inbox. */
final class SettingsStore {
  private static final String READ =
      """
      select availability, last_seen, status_emoji, status_text, status_until
      from presence_setting where user_id = $1
      """;

  /** First of all, so that everybody locks this row before the others. */
  private static final String RAISE_VERSION =
      """
      insert into presence_live as p (user_id, version, changed_in)
      values ($1, nextval('presence_version'), pg_current_xact_id()::text::bigint)
      on conflict (user_id) do update
      set version = nextval('presence_version'), changed_in = excluded.changed_in
      """;

  private static final String STORE =
      """
      insert into presence_setting
        (user_id, availability, last_seen, status_emoji, status_text, status_until)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (user_id) do update set
        availability = excluded.availability, last_seen = excluded.last_seen,
        status_emoji = excluded.status_emoji, status_text = excluded.status_text,
        status_until = excluded.status_until
      """;

  /** For others, somebody who begins to appear offline leaves now. */
  private static final String LEAVE =
      """
      insert into presence_seen (user_id, seen_at)
      select user_id, clock_timestamp() from presence_live where user_id = $1 and state > 0
      on conflict (user_id) do update set seen_at = excluded.seen_at
      """;

  private SettingsStore() {}

  static Future<PresenceSettings> read(Statements statements, UUID user) {
    return statements.query(READ, Tuple.of(user)).map(SettingsStore::settings);
  }

  private static PresenceSettings settings(RowSet<Row> rows) {
    RowIterator<Row> iterator = rows.iterator();
    return iterator.hasNext() ? PresenceStore.settings(iterator.next()) : PresenceSettings.DEFAULT;
  }

  /** Stores what is wanted and gives the user's presence a new version. */
  static Future<Void> write(
      Statements transaction, UUID user, PresenceSettings before, PresenceSettings wanted) {
    boolean leaves = wanted.invisible() && !before.invisible();
    return transaction
        .query(RAISE_VERSION, Tuple.of(user))
        .compose(raised -> transaction.query(STORE, values(user, wanted)))
        .compose(
            stored ->
                leaves
                    ? transaction.query(LEAVE, Tuple.of(user)).mapEmpty()
                    : Future.succeededFuture());
  }

  private static Tuple values(UUID user, PresenceSettings wanted) {
    Optional<Status> status = wanted.status();
    return Tuple.tuple()
        .addUUID(user)
        .addString(wanted.availability())
        .addString(wanted.lastSeen())
        .addString(status.flatMap(Status::emoji).orElse(null))
        .addString(status.map(Status::text).orElse(null))
        .addOffsetDateTime(status.flatMap(Status::until).map(PresenceStore::utc).orElse(null));
  }
}
