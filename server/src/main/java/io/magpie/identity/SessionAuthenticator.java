package io.magpie.identity;

import io.magpie.access.Actor;
import io.magpie.access.Authenticator;
import io.magpie.identity.token.AccessClaims;
import io.magpie.identity.token.AccessTokens;
import io.magpie.identity.token.OpaqueToken;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Failing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks whether a credential is good and its session lives. What the database said is remembered for
 * {@link #MEMORY}, so that a storm of requests costs a session one query; sessions that this node
 * ends are forgotten at once, those that others end within {@link SessionRevocations}'s time.
 */
final class SessionAuthenticator implements Authenticator {
  static final Duration MEMORY = Duration.ofSeconds(5);

  private static final int SIZE = 20_000;

  private final AccessTokens tokens;
  private final SessionStore store;
  private final SeenSessions seen;
  private final AppStore apps;
  private final Clock clock;
  private final ShortCache<UUID, LiveSession> sessions;
  private final ShortCache<Buffer, UUID> cookies;
  private final ShortCache<Buffer, Actor.App> keys;

  SessionAuthenticator(
      AccessTokens tokens, SessionStore store, SeenSessions seen, AppStore apps, Clock clock) {
    this.tokens = tokens;
    this.store = store;
    this.seen = seen;
    this.apps = apps;
    this.clock = clock;
    this.sessions = new ShortCache<>(clock, MEMORY, SIZE);
    this.cookies = new ShortCache<>(clock, MEMORY, SIZE);
    this.keys = new ShortCache<>(clock, MEMORY, SIZE);
  }

  @Override
  public void check(String token) {
    verified(token);
  }

  @Override
  public Future<Actor.User> accessToken(String token) {
    return Failing.call(
        () -> {
          AccessClaims claims = verified(token);
          return live(claims.session())
              .compose(
                  session ->
                      session.account().id().equals(claims.user())
                          ? Future.succeededFuture(actor(session, claims.expiresAt()))
                          : Future.failedFuture(RequestError.of(ErrorCode.UNAUTHENTICATED)));
        });
  }

  private AccessClaims verified(String token) {
    try {
      return tokens.verify(token);
    } catch (RequestError refused) {
      if (refused.code() != ErrorCode.TOKEN_EXPIRED) {
        SecurityLog.warn("token.refused").write();
      }
      throw refused;
    }
  }

  @Override
  public Future<Actor.User> cookie(String value) {
    if (!OpaqueToken.looksLike(OpaqueToken.Kind.COOKIE, value)) {
      return Future.failedFuture(RequestError.of(ErrorCode.UNAUTHENTICATED));
    }
    Buffer hash = new OpaqueToken(value).hash();
    return cookies
        .get(hash)
        .map(this::live)
        .orElseGet(() -> readByCookie(hash))
        .map(session -> actor(session, session.expiresAt()));
  }

  @Override
  public Future<Actor.App> appKey(String key) {
    if (!OpaqueToken.looksLike(OpaqueToken.Kind.APP_KEY, key)) {
      return Future.failedFuture(RequestError.of(ErrorCode.UNAUTHENTICATED));
    }
    Buffer hash = new OpaqueToken(key).hash();
    Optional<Actor.App> known = keys.get(hash);
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    long generation = keys.generation();
    return apps.byKey(hash)
        .compose(
            found -> {
              found.ifPresent(app -> keys.put(generation, hash, app));
              return orUnauthenticated(found);
            });
  }

  /** After the session has ended. */
  void forgetSession(UUID session) {
    sessions.remove(session);
  }

  /** After a key has ended. */
  void forgetKey(Buffer hash) {
    keys.remove(hash);
  }

  private Future<LiveSession> live(UUID id) {
    Optional<LiveSession> known =
        sessions.get(id).filter(session -> session.expiresAt().isAfter(clock.instant()));
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    long generation = sessions.generation();
    return store.live(id).compose(found -> remember(generation, found));
  }

  private Future<LiveSession> readByCookie(Buffer hash) {
    long generation = sessions.generation();
    long cookieGeneration = cookies.generation();
    return store
        .liveByCookie(hash)
        .compose(found -> remember(generation, found))
        .onSuccess(session -> cookies.put(cookieGeneration, hash, session.id()));
  }

  private Future<LiveSession> remember(long generation, Optional<LiveSession> found) {
    if (found.isEmpty()) {
      return Future.failedFuture(RequestError.of(ErrorCode.SESSION_REVOKED));
    }
    LiveSession session = found.get();
    sessions.put(generation, session.id(), session);
    if (session.lastSeenAt().plus(SeenSessions.PAUSE).isBefore(clock.instant())) {
      seen.add(session.id());
    }
    return Future.succeededFuture(session);
  }

  private static Actor.User actor(LiveSession session, Instant expiresAt) {
    return new Actor.User(
        session.account().id(), session.id(), session.account().roles(), expiresAt);
  }

  private static <T> Future<T> orUnauthenticated(Optional<T> found) {
    return found
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(RequestError.of(ErrorCode.UNAUTHENTICATED)));
  }
}
