package io.magpie.app.config;

import java.time.Duration;
import java.util.List;

/**
 * How tokens are signed and how long they last.
 *
 * @param keys the first signs, all verify; empty on the embedded database only, which keeps a
 *     random key in its data directory
 * @param issuer {@code iss}
 * @param audience {@code aud}
 * @param accessTtl life of an access token
 * @param refreshTtl life of an unused session
 * @param leeway how far clocks may differ
 */
public record TokenConfig(
    List<TokenKey> keys,
    String issuer,
    String audience,
    Duration accessTtl,
    Duration refreshTtl,
    Duration leeway) {

  static TokenConfig from(Values values) {
    return new TokenConfig(
        values.get(SettingsTable.TOKEN_KEYS),
        values.get(SettingsTable.TOKEN_ISSUER),
        values.get(SettingsTable.TOKEN_AUDIENCE),
        values.get(SettingsTable.ACCESS_TOKEN_TTL),
        values.get(SettingsTable.REFRESH_TOKEN_TTL),
        values.get(SettingsTable.TOKEN_LEEWAY));
  }
}
