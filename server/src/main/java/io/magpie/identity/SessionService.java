package io.magpie.identity;

import io.magpie.identity.token.AccessToken;
import io.magpie.identity.token.AccessTokens;
import io.magpie.identity.token.OpaqueToken;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Opens sessions and makes the tokens for them. */
final class SessionService {
  private final SessionStore sessions;
  private final RefreshStore refreshTokens;
  private final AccessTokens accessTokens;
  private final Duration life;

  SessionService(
      SessionStore sessions, RefreshStore refreshTokens, AccessTokens accessTokens, Duration life) {
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.life = life;
  }

  /** A secret that keeps a session going, and the session. */
  record Opened(UUID session, OpaqueToken secret) {}

  Future<Opened> open(SqlConnection tx, NewSession session, OpaqueToken.Kind kind) {
    OpaqueToken secret = OpaqueToken.random(kind);
    return sessions
        .insert(tx, session, life)
        .compose(
            id ->
                (kind == OpaqueToken.Kind.COOKIE
                        ? sessions.setCookie(tx, id, secret.hash())
                        : refreshTokens.insert(tx, id, secret.hash(), life))
                    .map(new Opened(id, secret)));
  }

  Tokens tokens(Account account, UUID session) {
    return tokens(account, session, Optional.empty());
  }

  Tokens tokens(Account account, Opened opened) {
    return tokens(account, opened.session(), Optional.of(opened.secret().value()));
  }

  private Tokens tokens(Account account, UUID session, Optional<String> refreshToken) {
    AccessToken access = accessTokens.issue(account.id(), session);
    return new Tokens(access.value(), refreshToken, access.expiresAt(), session, User.of(account));
  }

  /** How long a session lives without being used. */
  Duration life() {
    return life;
  }
}
