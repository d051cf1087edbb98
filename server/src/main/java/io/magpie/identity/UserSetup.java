package io.magpie.identity;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;

/**
 * Makes users and links from the server's own machine, without a running server: how the first
 * super admin comes to be (S-A25), and how one who is locked out comes back in. Whoever can reach
 * the database is asked nothing more.
 */
public final class UserSetup {
  private final Database database;
  private final Stores stores;
  private final String origin;

  /**
   * @param origin of the web app, for links, without a slash at the end
   */
  public UserSetup(Database database, Clock clock, String origin) {
    this.database = database;
    this.stores = Stores.of(database, clock);
    this.origin = origin;
  }

  /**
   * Makes the user and a link that sets its password.
   *
   * @return fails with RequestError {@code invalid_field} or {@code username_taken}
   */
  public Future<Link> add(NewUser user) {
    if (!UserOperations.USERNAME.matcher(user.username()).matches()) {
      return Future.failedFuture(
          RequestError.field(
              ErrorCode.INVALID_FIELD,
              "username",
              "A user name has 2 to 32 of a-z, 0-9, dot, dash, underscore; it starts with a letter."));
    }
    UUID id = UUID.randomUUID();
    return database
        .transaction(
            tx ->
                UserService.insert(tx, stores.users(), id, user)
                    .compose(made -> LinkService.issue(tx, stores.links(), origin, id)))
        .onSuccess(link -> SecurityLog.info("user.setup").with("user", id).write());
  }

  /**
   * A new link for a user that exists.
   *
   * @return fails with RequestError {@code not_found}, or {@code conflict} for users without a
   *     password
   */
  public Future<Link> link(String username) {
    return stores
        .users()
        .byUsername(username.toLowerCase(Locale.ROOT))
        .compose(
            found -> {
              Account account = found.orElseThrow(() -> RequestError.of(ErrorCode.NOT_FOUND));
              if (account.ofApp() || account.disabled()) {
                throw RequestError.of(
                    ErrorCode.CONFLICT, "A disabled user or one of an app has no password.");
              }
              return database.transaction(
                  tx -> LinkService.issue(tx, stores.links(), origin, account.id()));
            });
  }
}
