package io.magpie.identity;

import io.magpie.access.Access;
import io.magpie.access.Actor;
import io.magpie.identity.token.OpaqueToken;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** Registers other back ends and their keys. */
final class AppService {
  /** Keys in force at once: enough to rotate, few enough to watch. */
  static final int MAX_KEYS = 10;

  private final Database database;
  private final AppStore apps;
  private final Access access;
  private final SessionAuthenticator authenticator;

  AppService(Database database, AppStore apps, Access access, SessionAuthenticator authenticator) {
    this.database = database;
    this.apps = apps;
    this.access = access;
    this.authenticator = authenticator;
  }

  Future<AppKeySecret> create(Actor.User user, String name) {
    requireManage(user);
    OpaqueToken key = OpaqueToken.random(OpaqueToken.Kind.APP_KEY);
    return database
        .transaction(
            tx ->
                apps.insert(tx, name, user.id())
                    .compose(app -> apps.insertKey(tx, app, key.hash()).map(app)))
        .compose(app -> shown(user, "app.created", app, key));
  }

  Future<AppKeySecret> createKey(Actor.User user, UUID app) {
    requireManage(user);
    OpaqueToken key = OpaqueToken.random(OpaqueToken.Kind.APP_KEY);
    return database
        .transaction(tx -> addKey(tx, app, key))
        .compose(done -> shown(user, "app.key_created", app, key));
  }

  private Future<UUID> addKey(SqlConnection tx, UUID app, OpaqueToken key) {
    return apps.lock(tx, app)
        .compose(
            exists ->
                exists
                    ? apps.countKeys(tx, app)
                    : Future.failedFuture(RequestError.of(ErrorCode.NOT_FOUND)))
        .compose(
            count ->
                count < MAX_KEYS
                    ? apps.insertKey(tx, app, key.hash())
                    : Future.failedFuture(RequestError.of(ErrorCode.TOO_MANY_KEYS)));
  }

  private Future<AppKeySecret> shown(Actor.User user, String event, UUID app, OpaqueToken key) {
    SecurityLog.info(event).with("app", app).with("by", user.id()).write();
    return apps.find(app).map(found -> new AppKeySecret(found.orElseThrow(), key.value()));
  }

  Future<Void> revokeKey(Actor.User user, UUID app, UUID key) {
    requireManage(user);
    return apps.revokeKey(app, key)
        .map(
            ended -> {
              authenticator.forgetKey(
                  ended.orElseThrow(() -> RequestError.of(ErrorCode.NOT_FOUND)));
              SecurityLog.info("app.key_revoked")
                  .with("app", app)
                  .with("key", key)
                  .with("by", user.id())
                  .write();
              return null;
            });
  }

  Future<Page<App>> list(Actor.User user, Optional<TimePlace> after, int limit) {
    requireManage(user);
    return apps.list(after, limit)
        .map(
            rows ->
                Page.of(
                    rows,
                    limit,
                    app -> app,
                    last -> TimePlace.cursor(last.createdAt(), last.id())));
  }

  private void requireManage(Actor.User user) {
    access.require(user, IdentityActions.APPS_MANAGE, IdentityActions.Apps.ALL);
  }
}
