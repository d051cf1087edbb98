package io.magpie.identity;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.operation.Peer;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/**
 * Short tokens for the users of another back end, which has checked who they are. There is no
 * refresh token: the back end asks again.
 */
final class AppTokenService {
  private final Database database;
  private final AppUserStore users;
  private final SessionStore sessions;
  private final SessionService service;
  private final UserDirectory directory;
  private final Access access;

  AppTokenService(
      Database database,
      AppUserStore users,
      SessionStore sessions,
      SessionService service,
      UserDirectory directory,
      Access access) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
    this.service = service;
    this.directory = directory;
    this.access = access;
  }

  /**
   * For whom a token is asked.
   *
   * @param change the name is needed the first time; later it renames
   */
  record Ask(UUID app, String externalId, UserChange change, String device, Peer peer) {}

  private record Granted(Account account, UUID session) {}

  Future<Tokens> token(Actor actor, Ask ask, UserStore store) {
    access.require(actor, IdentityActions.APP_USE, ask.app());
    return database
        .transaction(tx -> grant(tx, ask, store))
        .map(
            granted -> {
              directory.changed(granted.account().id());
              SecurityLog.info("app.token")
                  .with("app", ask.app())
                  .with("user", granted.account().id())
                  .with("session", granted.session())
                  .write();
              return service.tokens(granted.account(), granted.session());
            });
  }

  private Future<Granted> grant(SqlConnection tx, Ask ask, UserStore store) {
    return existing(tx, ask)
        .compose(
            account ->
                account.disabled()
                    ? Future.failedFuture(
                        RequestError.of(ErrorCode.FORBIDDEN, "This user is disabled."))
                    : changed(tx, account, ask.change(), store))
        .compose(account -> session(tx, account, ask).map(id -> new Granted(account, id)));
  }

  /** The user's row, made at the first call; locked, so that parallel calls share one session. */
  private Future<Account> existing(SqlConnection tx, Ask ask) {
    return users
        .lock(tx, ask.app(), ask.externalId())
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            users
                                .insert(tx, ask.app(), ask.externalId(), nameOf(ask))
                                .compose(done -> users.lock(tx, ask.app(), ask.externalId()))
                                .map(Optional::orElseThrow)));
  }

  private static String nameOf(Ask ask) {
    return ask.change()
        .displayName()
        .orElseThrow(
            () ->
                RequestError.field(
                    ErrorCode.MISSING_FIELD,
                    "displayName",
                    "displayName is required the first time."));
  }

  private static Future<Account> changed(
      SqlConnection tx, Account account, UserChange change, UserStore store) {
    Account wanted = change.applied(account);
    return wanted.equals(account) ? Future.succeededFuture(account) : store.update(tx, wanted);
  }

  private Future<UUID> session(SqlConnection tx, Account account, Ask ask) {
    return sessions
        .ofApp(tx, account.id(), ask.app(), ask.device())
        .compose(
            found ->
                found.isPresent()
                    ? sessions
                        .extend(tx, found.get(), service.life(), ask.peer().address())
                        .map(found.get())
                    : sessions.insert(
                        tx,
                        new NewSession(
                            account.id(), ask.device(), ask.peer(), Optional.of(ask.app())),
                        service.life()));
  }

  Future<User> user(Actor actor, UUID app, String externalId) {
    access.require(actor, IdentityActions.APP_USE, app);
    return users
        .find(app, externalId)
        .map(found -> User.of(found.orElseThrow(() -> RequestError.of(ErrorCode.NOT_FOUND))));
  }
}
