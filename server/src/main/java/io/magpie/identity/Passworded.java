package io.magpie.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** A user with a password from the start. */
final class Passworded {
  private Passworded() {}

  /** Makes the user, or takes the one that has this name, and stores the hash. */
  static Future<Account> put(SqlConnection tx, Stores stores, NewUser user, String hash) {
    return stores
        .users()
        .insert(tx, UUID.randomUUID(), user)
        .compose(
            made ->
                made.map(Future::succeededFuture)
                    .orElseGet(() -> stores.users().named(tx, user.username())))
        .compose(account -> stores.credentials().set(tx, account.id(), hash).map(account));
  }
}
