package io.magpie.identity;

import io.magpie.identity.throttle.LoginLimits;
import io.magpie.identity.token.TokenSettings;
import io.magpie.redis.RedisSettings;

/**
 * What this feature is told.
 *
 * @param redis where failed logins are counted
 * @param origin of the web app, for links, without a slash at the end
 * @param login how many failed logins are free
 */
public record IdentitySettings(
    RedisSettings redis, TokenSettings tokens, String origin, LoginLimits login) {

  /** With the usual limits of failed logins. */
  public IdentitySettings(RedisSettings redis, TokenSettings tokens, String origin) {
    this(redis, tokens, origin, LoginLimits.DEFAULT);
  }

  /** Without the password of Redis. */
  @Override
  public String toString() {
    return "IdentitySettings[origin=" + origin + "]";
  }
}
