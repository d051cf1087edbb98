package io.magpie.identity;

import io.magpie.access.Actor;
import io.magpie.identity.password.PasswordFields;
import io.magpie.identity.password.PasswordMatch;
import io.magpie.identity.password.Passwords;
import io.magpie.identity.throttle.LoginThrottle;
import io.magpie.identity.throttle.Try;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** Changing one's password: whoever holds an open session must still know the present one. */
final class PasswordService {
  private final Database database;
  private final Stores stores;
  private final LoginThrottle throttle;
  private final Passwords passwords;
  private final SessionRevocations announcements;

  PasswordService(
      Database database,
      Stores stores,
      LoginThrottle throttle,
      Passwords passwords,
      SessionRevocations announcements) {
    this.database = database;
    this.stores = stores;
    this.throttle = throttle;
    this.passwords = passwords;
    this.announcements = announcements;
  }

  /**
   * Stores the new password and ends all other sessions of the user.
   *
   * @return fails with RequestError {@code wrong_credentials}, {@code password_too_weak} or {@code
   *     rate_limited}
   */
  Future<Void> change(Actor.User user, String address, String current, String fresh) {
    return stores
        .users()
        .find(user.id())
        .compose(
            account ->
                stores.credentials().find(account.map(Account::username).orElse(""), address))
        .compose(
            found -> {
              Credentials credentials =
                  found
                      .filter(Credentials::mayUsePassword)
                      .orElseThrow(
                          () ->
                              RequestError.of(
                                  ErrorCode.CONFLICT, "This user logs in without a password."));
              PasswordFields.requireStrong(fresh, credentials.account().username());
              return check(credentials, address, current)
                  .compose(right -> passwords.hash(fresh))
                  .compose(hash -> database.transaction(tx -> store(tx, user, credentials, hash)));
            })
        .onSuccess(announcements::announce)
        .onSuccess(ended -> SecurityLog.info("password.changed").with("user", user.id()).write())
        .mapEmpty();
  }

  /** Guessing here counts like guessing at the door. */
  private Future<Void> check(Credentials credentials, String address, String current) {
    Try attempt = new Try(credentials.account().username(), address, credentials.knownAddress());
    return throttle
        .begin(attempt)
        .compose(begun -> match(credentials, current, attempt))
        .compose(
            match -> {
              if (match != PasswordMatch.WRONG) {
                return throttle.succeeded(attempt);
              }
              SecurityLog.warn("password.refused")
                  .with("user", credentials.account().id())
                  .with("address", address)
                  .write();
              return Future.failedFuture(RequestError.of(ErrorCode.WRONG_CREDENTIALS));
            });
  }

  private Future<PasswordMatch> match(Credentials credentials, String current, Try attempt) {
    return passwords
        .match(current, credentials.passwordHash())
        .recover(
            failure -> throttle.abandoned(attempt).transform(done -> Future.failedFuture(failure)));
  }

  private Future<List<UUID>> store(
      SqlConnection tx, Actor.User user, Credentials old, String hash) {
    return stores
        .credentials()
        .replace(tx, user.id(), old.passwordHash(), hash)
        .compose(
            replaced ->
                replaced
                    ? stores.links().closeAll(tx, user.id())
                    : Future.failedFuture(
                        RequestError.of(ErrorCode.CONFLICT, "The password was just changed.")))
        .compose(
            done ->
                stores
                    .revocations()
                    .revokeOthers(tx, user.id(), user.session(), "password changed"));
  }
}
