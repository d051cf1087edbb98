package io.magpie.identity;

import io.magpie.identity.password.PasswordMatch;
import io.magpie.identity.password.Passwords;
import io.magpie.identity.throttle.LoginThrottle;
import io.magpie.identity.throttle.Try;
import io.magpie.identity.token.OpaqueToken;
import io.magpie.operation.Peer;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/** Logging in with a password. */
final class LoginService {
  private final Database database;
  private final CredentialStore credentials;
  private final LoginThrottle throttle;
  private final Passwords passwords;
  private final SessionService sessions;

  LoginService(
      Database database,
      CredentialStore credentials,
      LoginThrottle throttle,
      Passwords passwords,
      SessionService sessions) {
    this.database = database;
    this.credentials = credentials;
    this.throttle = throttle;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  /**
   * What somebody typed.
   *
   * @param username folded to lower case
   * @param cookie keep the session in a cookie
   */
  record Login(String username, String password, String device, boolean cookie, Peer peer) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Login[cookie=" + cookie + "]";
    }
  }

  /** Answers Tokens, in a WithCookie where a cookie was asked for. */
  Future<Object> login(Login login) {
    return credentials
        .find(login.username(), login.peer().address())
        .compose(found -> check(login, found))
        .compose(account -> open(login, account));
  }

  /** Everybody who may not log in gets the same answer in the same time (S-A22). */
  private Future<Account> check(Login login, Optional<Credentials> found) {
    Try attempt =
        new Try(
            login.username(),
            login.peer().address(),
            found.map(Credentials::knownAddress).orElse(false));
    return throttle
        .begin(attempt)
        .onFailure(refused -> log("login.throttled", login, found))
        .compose(begun -> match(login, found, attempt))
        .compose(
            match -> {
              if (match == PasswordMatch.WRONG) {
                log("login.refused", login, found);
                return Future.failedFuture(RequestError.of(ErrorCode.WRONG_CREDENTIALS));
              }
              return throttle
                  .succeeded(attempt)
                  .compose(done -> renew(match, login, found.orElseThrow()))
                  .map(done -> found.orElseThrow().account());
            });
  }

  private Future<PasswordMatch> match(Login login, Optional<Credentials> found, Try attempt) {
    Future<PasswordMatch> match =
        found.isPresent() && found.get().mayUsePassword()
            ? passwords.match(login.password(), found.get().passwordHash())
            : passwords.matchNobody(login.password());
    return match.recover(
        failure -> throttle.abandoned(attempt).transform(done -> Future.failedFuture(failure)));
  }

  /** Stores a hash of today's cost in place of one of yesterday's. */
  private Future<Void> renew(PasswordMatch match, Login login, Credentials old) {
    if (match != PasswordMatch.RIGHT_BUT_OLD) {
      return Future.succeededFuture();
    }
    return passwords
        .hash(login.password())
        .compose(
            hash ->
                database.transaction(
                    tx -> credentials.replace(tx, old.account().id(), old.passwordHash(), hash)))
        .mapEmpty();
  }

  private Future<Object> open(Login login, Account account) {
    NewSession session =
        new NewSession(account.id(), login.device(), login.peer(), Optional.empty());
    OpaqueToken.Kind kind = login.cookie() ? OpaqueToken.Kind.COOKIE : OpaqueToken.Kind.REFRESH;
    return database
        .transaction((SqlConnection tx) -> sessions.open(tx, session, kind))
        .map(
            opened -> {
              SecurityLog.info("login")
                  .with("user", account.id())
                  .with("session", opened.session())
                  .with("address", login.peer().address())
                  .with("agent", login.peer().agent())
                  .write();
              return login.cookie()
                  ? new WithCookie(
                      sessions.tokens(account, opened.session()),
                      opened.secret().value(),
                      sessions.life())
                  : sessions.tokens(account, opened);
            });
  }

  /** The user only where it exists: what was typed as a name may be a password. */
  private static void log(String event, Login login, Optional<Credentials> found) {
    SecurityLog line =
        SecurityLog.warn(event)
            .with("address", login.peer().address())
            .with("agent", login.peer().agent());
    found.ifPresent(credentials -> line.with("user", credentials.account().id()));
    line.write();
  }
}
