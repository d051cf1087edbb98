package io.magpie.identity;

import io.magpie.access.Actor;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code app} and {@code app_key}. */
final class AppStore {
  private static final String INSERT =
      "insert into app (id, name, created_by, created_at) values ($1, $2, $3, $4)";

  private static final String LOCK = "select id from app where id = $1 for update";

  private static final String COUNT_KEYS =
      "select count(*) from app_key where app_id = $1 and revoked_at is null";

  private static final String INSERT_KEY =
      "insert into app_key (id, app_id, hash, created_at) values ($1, $2, $3, $4)";

  private static final String REVOKE_KEY =
      """
      update app_key set revoked_at = $3
      where id = $1 and app_id = $2 and revoked_at is null
      returning hash
      """;

  private static final String BY_KEY =
      "select id, app_id from app_key where hash = $1 and revoked_at is null";

  private static final String WITH_KEYS =
      """
      select a.id, a.name, a.created_at, k.id as key_id, k.created_at as key_at
      from app a left join app_key k on k.app_id = a.id and k.revoked_at is null
      """;

  private static final String BY_ID = WITH_KEYS + " where a.id = $1 order by k.created_at, k.id";

  private static final String LIST =
      WITH_KEYS
          + """
          where a.id in (
            select id from app
            where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid)
            order by created_at desc, id desc
            limit $3)
          order by a.created_at desc, a.id desc, k.created_at, k.id
          """;

  private final Database database;
  private final Clock clock;

  AppStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Future<UUID> insert(SqlConnection tx, String name, UUID by) {
    UUID id = UUID.randomUUID();
    return tx.preparedQuery(INSERT).execute(Tuple.of(id, name, by, now())).map(id);
  }

  /** Whether the app exists; its row is locked until the transaction ends. */
  Future<Boolean> lock(SqlConnection tx, UUID app) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(app)).map(rows -> rows.size() == 1);
  }

  Future<Long> countKeys(SqlConnection tx, UUID app) {
    return tx.preparedQuery(COUNT_KEYS)
        .execute(Tuple.of(app))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  Future<UUID> insertKey(SqlConnection tx, UUID app, Buffer hash) {
    UUID id = UUID.randomUUID();
    return tx.preparedQuery(INSERT_KEY).execute(Tuple.of(id, app, hash, now())).map(id);
  }

  /** The hash of the key that ended; empty when there is no such key in force. */
  Future<Optional<Buffer>> revokeKey(UUID app, UUID key) {
    return database
        .query(REVOKE_KEY, Tuple.of(key, app, now()))
        .map(rows -> first(rows).map(row -> row.getBuffer("hash")));
  }

  Future<Optional<Actor.App>> byKey(Buffer hash) {
    return database
        .promptQuery(BY_KEY, Tuple.of(hash))
        .map(
            rows ->
                first(rows).map(row -> new Actor.App(row.getUUID("app_id"), row.getUUID("id"))));
  }

  Future<Optional<App>> find(UUID app) {
    return database.query(BY_ID, Tuple.of(app)).map(rows -> apps(rows).stream().findFirst());
  }

  /** One row more than the page holds, the newest first. */
  Future<List<App>> list(Optional<TimePlace> after, int limit) {
    Tuple values =
        Tuple.tuple()
            .addOffsetDateTime(after.map(TimePlace::at).orElse(null))
            .addUUID(after.map(TimePlace::id).orElse(null))
            .addInteger(limit + 1);
    return database.query(LIST, values).map(AppStore::apps);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    RowIterator<Row> iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
  }

  /** Rows come app by app, one for each key. */
  private static List<App> apps(RowSet<Row> rows) {
    Map<UUID, App> apps = new LinkedHashMap<>();
    for (Row row : rows) {
      App app =
          apps.computeIfAbsent(
              row.getUUID("id"),
              id -> new App(id, row.getString("name"), time(row, "created_at"), new ArrayList<>()));
      if (row.getUUID("key_id") != null) {
        app.keys().add(new App.Key(row.getUUID("key_id"), time(row, "key_at")));
      }
    }
    return List.copyOf(apps.values());
  }

  private static Instant time(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
