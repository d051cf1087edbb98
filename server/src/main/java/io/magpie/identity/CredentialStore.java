package io.magpie.identity;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Password hashes. */
final class CredentialStore {
  private static final String FIND =
      """
      select u.id, u.username, u.display_name, u.kind, u.department, u.job_title, u.role, u.locale,
             u.disabled_at is not null as disabled, u.app_id is not null as of_app,
             coalesce(u.password_hash, '') as password_hash,
             exists (select 1 from session s
                     where s.user_id = u.id and s.address = $2 and s.app_id is null
                       and s.created_at > now() - interval '30 days') as known
      from app_user u
      where u.username = $1
      """;

  private static final String SET = "update app_user set password_hash = $2 where id = $1";

  /** Only where nobody has changed it meanwhile. */
  private static final String REPLACE =
      "update app_user set password_hash = $3 where id = $1 and password_hash = $2";

  private final Database database;

  CredentialStore(Database database) {
    this.database = database;
  }

  /** What somebody with this user name must show, and whether they have logged in from there. */
  Future<Optional<Credentials>> find(String username, String address) {
    return database
        .query(FIND, Tuple.of(username, address))
        .map(
            rows -> {
              RowIterator<Row> iterator = rows.iterator();
              return iterator.hasNext()
                  ? Optional.of(credentials(iterator.next()))
                  : Optional.empty();
            });
  }

  Future<Void> set(SqlConnection tx, UUID user, String hash) {
    return tx.preparedQuery(SET).execute(Tuple.of(user, hash)).mapEmpty();
  }

  /** Whether {@code old} was still the hash and has been replaced. */
  Future<Boolean> replace(SqlConnection tx, UUID user, String old, String hash) {
    return tx.preparedQuery(REPLACE)
        .execute(Tuple.of(user, old, hash))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Credentials credentials(Row row) {
    return new Credentials(
        UserStore.account(row), row.getString("password_hash"), row.getBoolean("known"));
  }
}
