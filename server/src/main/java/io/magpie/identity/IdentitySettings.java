package io.magpie.identity;

import io.magpie.identity.token.TokenSettings;

/**
 * What this feature is told.
 *
 * @param redisUri where failed logins are counted
 * @param origin of the web app, for links, without a slash at the end
 */
public record IdentitySettings(String redisUri, TokenSettings tokens, String origin) {

  /** Without the password of Redis. */
  @Override
  public String toString() {
    return "IdentitySettings[origin=" + origin + "]";
  }
}
