package io.magpie.identity;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Users that an app brought, by the app's own ids. */
final class AppUserStore {
  private static final String COLUMNS =
      """
      id, username, display_name, kind, department, job_title, role, locale,
      disabled_at is not null as disabled, true as of_app
      """;

  private static final String FIND =
      "select " + COLUMNS + " from app_user where app_id = $1 and external_id = $2";

  private static final String LOCK = FIND + " for update";

  private static final String INSERT =
      """
      insert into app_user
        (id, username, display_name, kind, department, job_title, role, app_id, external_id,
         created_at)
      values ($1, $2, $3, 'member', '', '', 'employee', $4, $5, $6)
      on conflict (app_id, external_id) do nothing
      """;

  private final Database database;
  private final Clock clock;

  AppUserStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Future<Optional<Account>> find(UUID app, String externalId) {
    return database.query(FIND, Tuple.of(app, externalId)).map(UserStore::first);
  }

  /** The user's row, locked until the transaction ends. */
  Future<Optional<Account>> lock(SqlConnection tx, UUID app, String externalId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(app, externalId)).map(UserStore::first);
  }

  /** Makes the user and its inbox, unless another call just did. */
  Future<Void> insert(SqlConnection tx, UUID app, String externalId, String displayName) {
    UUID id = UUID.randomUUID();
    Tuple values =
        Tuple.tuple()
            .addUUID(id)
            .addString(username(app, id))
            .addString(displayName)
            .addUUID(app)
            .addString(externalId)
            .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC));
    return tx.preparedQuery(INSERT)
        .execute(values)
        .compose(
            made ->
                made.rowCount() == 0 ? Future.succeededFuture() : UserStore.insertInbox(tx, id));
  }

  /** Longer than a person's may be, so that nobody can take it before. */
  private static String username(UUID app, UUID id) {
    return "app-" + app.toString().substring(0, 8) + "-" + id.toString().replace("-", "");
  }
}
