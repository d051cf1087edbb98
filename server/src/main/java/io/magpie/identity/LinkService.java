package io.magpie.identity;

import io.magpie.identity.password.PasswordFields;
import io.magpie.identity.password.Passwords;
import io.magpie.identity.token.OpaqueToken;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Single-use links with which a person sets a password: for new users and for forgotten ones. */
public final class LinkService {
  /** A link that nobody used is worth nothing after this. */
  static final Duration LIFE = Duration.ofDays(7);

  private final Database database;
  private final Stores stores;
  private final Passwords passwords;
  private final SessionRevocations announcements;
  private final String origin;

  LinkService(
      Database database,
      Stores stores,
      Passwords passwords,
      SessionRevocations announcements,
      String origin) {
    this.database = database;
    this.stores = stores;
    this.passwords = passwords;
    this.announcements = announcements;
    this.origin = origin;
  }

  /** A new link; those made before stay good. */
  Future<Link> issue(SqlConnection tx, UUID user) {
    return issue(tx, stores.links(), origin, user);
  }

  static Future<Link> issue(SqlConnection tx, LinkStore links, String origin, UUID user) {
    OpaqueToken token = OpaqueToken.random(OpaqueToken.Kind.LINK);
    return links
        .insert(tx, token.hash(), user, LIFE)
        .map(end -> new Link(origin + "/link#" + token.value(), token.value(), end));
  }

  /**
   * Sets the password, ends the user's sessions and other links.
   *
   * @return fails with RequestError {@code link_invalid} or {@code password_too_weak}; the latter
   *     leaves the link as it is
   */
  Future<User> redeem(String token, String password) {
    if (!OpaqueToken.looksLike(OpaqueToken.Kind.LINK, token)) {
      return Future.failedFuture(invalid());
    }
    Buffer hash = new OpaqueToken(token).hash();
    return stores
        .links()
        .open(hash)
        .compose(
            found -> {
              Account account = found.orElseThrow(LinkService::invalid);
              PasswordFields.requireStrong(password, account.username());
              return passwords
                  .hash(password)
                  .compose(hashed -> database.transaction(tx -> set(tx, hash, account, hashed)))
                  .onSuccess(announcements::announce)
                  .onSuccess(
                      ended -> SecurityLog.info("link.redeemed").with("user", account.id()).write())
                  .map(ended -> User.of(account));
            });
  }

  /** Using the link up comes first: of two at once, the second one finds it used. */
  private Future<List<UUID>> set(SqlConnection tx, Buffer link, Account account, String hashed) {
    return stores
        .links()
        .use(tx, link)
        .compose(
            used ->
                used
                    ? stores.credentials().set(tx, account.id(), hashed)
                    : Future.failedFuture(invalid()))
        .compose(done -> stores.links().closeAll(tx, account.id()))
        .compose(done -> stores.revocations().revokeAll(tx, account.id(), "password set by link"));
  }

  private static RequestError invalid() {
    return RequestError.of(ErrorCode.LINK_INVALID);
  }
}
