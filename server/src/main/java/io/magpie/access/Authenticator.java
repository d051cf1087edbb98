package io.magpie.access;

import io.vertx.core.Future;

/**
 * Turns a credential into an actor; the identity feature provides it to the edges. Every method
 * fails with a RequestError {@code unauthenticated}, {@code token_expired} or {@code
 * session_revoked}.
 */
public interface Authenticator {
  /**
   * Whether an access token is signed by us and its time is right; asks nobody, so its session may
   * have ended.
   *
   * @throws io.magpie.protocol.RequestError as above
   */
  void check(String token);

  /** An access token, from {@code hello} or an Authorization header. */
  Future<Actor.User> accessToken(String token);

  /** The session cookie of a same-origin page; the caller has checked Origin and CSRF header. */
  Future<Actor.User> cookie(String value);

  /** The secret key of an app. */
  Future<Actor.App> appKey(String key);
}
