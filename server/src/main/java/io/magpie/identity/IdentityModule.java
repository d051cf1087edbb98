package io.magpie.identity;

import io.magpie.access.Access;
import io.magpie.access.Authenticator;
import io.magpie.fanout.Broadcast;
import io.magpie.identity.password.Passwords;
import io.magpie.identity.throttle.RedisThrottle;
import io.magpie.identity.token.AccessTokens;
import io.magpie.identity.token.RefreshChain;
import io.magpie.job.Jobs;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.UUID;

/** Wires users, login, sessions and tokens. */
public final class IdentityModule {
  private final Database database;
  private final Stores stores;
  private final Passwords passwords;
  private final RedisThrottle throttle;
  private final SessionRevocations revocations;
  private final SeenSessions seen;
  private final SessionAuthenticator authenticator;
  private final UserDirectory users;

  /**
   * Registers its operations and rules, and begins to listen and to look for sessions that other
   * nodes end.
   */
  public IdentityModule(
      Vertx vertx,
      Database database,
      IdentitySettings settings,
      Clock clock,
      Operations operations,
      Access access,
      Broadcast broadcast) {
    this.database = database;
    this.stores = Stores.of(database, clock);
    this.passwords = new Passwords(vertx);
    this.throttle = new RedisThrottle(vertx, settings.redis(), clock, settings.login());
    this.revocations = new SessionRevocations(vertx, stores.revocations(), broadcast);
    AccessTokens tokens = new AccessTokens(settings.tokens(), clock);
    this.seen = new SeenSessions(vertx, stores.sessions());
    this.authenticator =
        new SessionAuthenticator(tokens, stores.sessions(), seen, stores.apps(), clock);
    this.users = new UserDirectory(stores.users(), clock);
    revocations.listen(authenticator::forgetSession);
    IdentityActions.register(access);
    SessionService sessions =
        new SessionService(
            stores.sessions(), stores.refreshTokens(), tokens, settings.tokens().refreshTtl());
    registerSessions(operations, sessions, new RefreshChain(settings.tokens()), clock);
    registerUsers(operations, access, settings.origin());
    registerApps(operations, access, sessions, new AppUserStore(database, clock));
  }

  private void registerSessions(
      Operations operations, SessionService sessions, RefreshChain chain, Clock clock) {
    new SessionOperations(
            new LoginService(database, stores.credentials(), throttle, passwords, sessions),
            new RefreshService(database, stores, chain, sessions, revocations, clock),
            new SessionEndings(stores, revocations),
            stores.sessions())
        .register(operations);
  }

  private void registerUsers(Operations operations, Access access, String origin) {
    LinkService links = new LinkService(database, stores, passwords, revocations, origin);
    UserService service = new UserService(database, stores, access, links, users, revocations);
    new UserOperations(service, stores.users(), access).register(operations);
    new ProfileOperations(
            service,
            stores.users(),
            new PasswordService(database, stores, throttle, passwords, revocations),
            links)
        .register(operations);
  }

  private void registerApps(
      Operations operations, Access access, SessionService sessions, AppUserStore appUsers) {
    new AppOperations(
            new AppService(database, stores.apps(), access, authenticator),
            new AppTokenService(database, appUsers, stores.sessions(), sessions, users, access),
            stores.users())
        .register(operations);
  }

  /** Registers what comes round again. */
  public void schedule(Jobs jobs) {
    SessionCleaner.register(jobs);
  }

  /** For the edges. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** For whoever holds sockets open. */
  public SessionRevocations revocations() {
    return revocations;
  }

  /** For whoever shows names. */
  public UserDirectory users() {
    return users;
  }

  /**
   * Makes a user with a password, or gives an existing one of that name this password: for the demo
   * people. No rule is asked.
   */
  public Future<User> createWithPassword(NewUser user, String password) {
    return passwords
        .hash(password)
        .compose(hash -> database.transaction(tx -> Passworded.put(tx, stores, user, hash)))
        .map(User::of);
  }

  /**
   * A user's picture as SVG.
   *
   * @return fails with RequestError {@code not_found}
   */
  public Future<String> avatar(UUID user) {
    return users
        .find(user)
        .map(
            found ->
                Avatar.of(found.orElseThrow(() -> RequestError.of(ErrorCode.NOT_FOUND))).svg());
  }

  /** Ends timers, threads and connections; the database is the caller's. */
  public Future<Void> close() {
    revocations.close();
    throttle.close();
    return Future.join(seen.close(), passwords.close()).mapEmpty();
  }
}
