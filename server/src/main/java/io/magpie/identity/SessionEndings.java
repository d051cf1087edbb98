package io.magpie.identity;

import io.magpie.access.Actor;
import io.magpie.identity.token.OpaqueToken;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Logging devices out. */
final class SessionEndings {
  private final Stores stores;
  private final SessionRevocations announcements;

  SessionEndings(Stores stores, SessionRevocations announcements) {
    this.stores = stores;
    this.announcements = announcements;
  }

  /** Ends one of the user's own sessions; {@code not_found} for any other. */
  Future<Void> end(Actor.User user, UUID session) {
    return stores
        .revocations()
        .revokeOwn(session, user.id(), "logged out")
        .compose(
            ended -> {
              announcements.announce(ended);
              if (ended.isEmpty() && !session.equals(user.session())) {
                return Future.failedFuture(RequestError.of(ErrorCode.NOT_FOUND));
              }
              SecurityLog.info("logout").with("user", user.id()).with("session", session).write();
              return Future.succeededFuture();
            });
  }

  /** The session that a browser had before it logged in again (S-A14). */
  Future<Void> endReplaced(String cookie) {
    if (!OpaqueToken.looksLike(OpaqueToken.Kind.COOKIE, cookie)) {
      return Future.succeededFuture();
    }
    return stores
        .sessions()
        .liveByCookie(new OpaqueToken(cookie).hash())
        .compose(
            found ->
                found
                    .map(
                        live ->
                            stores
                                .revocations()
                                .revokeOwn(live.id(), live.account().id(), "replaced"))
                    .orElseGet(() -> Future.succeededFuture(List.of())))
        .onSuccess(announcements::announce)
        .mapEmpty();
  }
}
