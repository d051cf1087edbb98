package io.magpie.identity;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes, changes and disables users. */
final class UserService {
  private final Database database;
  private final Stores stores;
  private final Access access;
  private final LinkService links;
  private final UserDirectory directory;
  private final SessionRevocations announcements;

  UserService(
      Database database,
      Stores stores,
      Access access,
      LinkService links,
      UserDirectory directory,
      SessionRevocations announcements) {
    this.database = database;
    this.stores = stores;
    this.access = access;
    this.links = links;
    this.directory = directory;
    this.announcements = announcements;
  }

  /** {@code UserCreateResult} of the contract. */
  record Created(User user, Link link) {}

  Future<Created> create(Actor actor, NewUser user) {
    access.require(actor, IdentityActions.USER_CREATE, user);
    UUID id = UUID.randomUUID();
    return database
        .transaction(
            tx ->
                insert(tx, stores.users(), id, user)
                    .compose(
                        account ->
                            links.issue(tx, id).map(link -> new Created(User.of(account), link))))
        .onSuccess(created -> log("user.created", actor, id));
  }

  /** The row, its inbox, or {@code username_taken}. */
  static Future<Account> insert(SqlConnection tx, UserStore users, UUID id, NewUser user) {
    return users
        .insert(tx, id, user)
        .map(made -> made.orElseThrow(() -> RequestError.of(ErrorCode.USERNAME_TAKEN)));
  }

  Future<User> get(Actor actor, UUID id) {
    return readable(actor, id).map(User::of);
  }

  private Future<Account> readable(Actor actor, UUID id) {
    return stores
        .users()
        .find(id)
        .map(
            found -> {
              Account account = found.orElseThrow(UserService::notFound);
              access.require(actor, IdentityActions.USER_READ, account);
              return account;
            });
  }

  Future<Link> link(Actor actor, UUID id) {
    return database
        .transaction(
            tx ->
                changeable(tx, actor, id)
                    .compose(
                        account ->
                            account.ofApp() || account.disabled()
                                ? Future.failedFuture(
                                    RequestError.of(
                                        ErrorCode.CONFLICT,
                                        "A disabled user or one of an app has no password."))
                                : links.issue(tx, id)))
        .onSuccess(link -> log("user.link", actor, id));
  }

  Future<User> update(Actor actor, UUID id, UserChange change) {
    return requireChangeable(actor, id)
        .compose(allowed -> change(tx -> lockForUpdate(tx, actor, id, change), change))
        .onSuccess(user -> log("user.updated", actor, id));
  }

  /** Before anything is locked: those who may not change users do not hold up those who may. */
  private Future<Void> requireChangeable(Actor actor, UUID id) {
    return stores
        .users()
        .find(id)
        .map(
            found -> {
              requireUpdate(actor, found);
              return null;
            });
  }

  /** All super admins first: two who remove each other wait instead of deadlocking. */
  private Future<Account> lockForUpdate(SqlConnection tx, Actor actor, UUID id, UserChange change) {
    boolean rights = change.role().isPresent() || change.disabled().isPresent();
    return (rights ? stores.users().lockSuperAdmins(tx).<Void>mapEmpty() : nothing())
        .compose(locked -> changeable(tx, actor, id));
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }

  /** The caller's own profile. */
  Future<Account> updateOwn(Actor.User user, UserChange change) {
    return change(
            tx ->
                stores
                    .users()
                    .lock(tx, user.id())
                    .map(found -> found.orElseThrow(UserService::notFound)),
            change)
        .compose(changed -> readable(user, user.id()));
  }

  private interface Locked {
    Future<Account> read(SqlConnection tx);
  }

  private record Changed(Account account, List<UUID> ended) {}

  private Future<User> change(Locked locked, UserChange change) {
    return database
        .transaction(tx -> locked.read(tx).compose(old -> store(tx, old, change.applied(old))))
        .map(
            changed -> {
              directory.changed(changed.account().id());
              announcements.announce(changed.ended());
              return User.of(changed.account());
            });
  }

  private Future<Changed> store(SqlConnection tx, Account old, Account changed) {
    boolean wasAdmin = old.role() == Role.SUPER_ADMIN && !old.disabled();
    boolean isAdmin = changed.role() == Role.SUPER_ADMIN && !changed.disabled();
    boolean ends = changed.disabled() && !old.disabled() || changed.role() != old.role();
    return (wasAdmin && !isAdmin ? requireAnotherAdmin(tx, old) : nothing())
        .compose(done -> stores.users().update(tx, changed))
        .compose(
            stored ->
                (ends
                        ? stores.revocations().revokeAll(tx, old.id(), "role or state changed")
                        : Future.succeededFuture(List.<UUID>of()))
                    .map(ended -> new Changed(stored, ended)));
  }

  private Future<Void> requireAnotherAdmin(SqlConnection tx, Account leaving) {
    return stores
        .users()
        .lockSuperAdmins(tx)
        .compose(
            admins ->
                admins.stream().anyMatch(id -> !id.equals(leaving.id()))
                    ? Future.succeededFuture()
                    : Future.failedFuture(RequestError.of(ErrorCode.LAST_SUPER_ADMIN)));
  }

  private Future<Account> changeable(SqlConnection tx, Actor actor, UUID id) {
    return stores.users().lock(tx, id).map(found -> requireUpdate(actor, found));
  }

  private Account requireUpdate(Actor actor, Optional<Account> found) {
    Account account = found.orElseThrow(UserService::notFound);
    access.require(actor, IdentityActions.USER_UPDATE, account);
    return account;
  }

  private static RequestError notFound() {
    return RequestError.of(ErrorCode.NOT_FOUND);
  }

  private static void log(String event, Actor actor, UUID user) {
    SecurityLog line = SecurityLog.info(event).with("user", user);
    if (actor instanceof Actor.User by) {
      line.with("by", by.id());
    }
    line.write();
  }
}
