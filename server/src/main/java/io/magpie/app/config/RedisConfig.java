package io.magpie.app.config;

import io.magpie.redis.RedisSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How Redis is used.
 *
 * @param uri empty means the embedded one
 * @param mode what answers there
 * @param master the name of the master that Sentinels watch
 * @param authority certificates that are trusted, PEM
 */
public record RedisConfig(
    Optional<Secret> uri, RedisSettings.Shape mode, String master, Optional<Path> authority) {

  static RedisConfig from(Values values) {
    return new RedisConfig(
        values.find(SettingsTable.REDIS_URI),
        RedisSettings.Shape.valueOf(values.get(SettingsTable.REDIS_MODE).toUpperCase(Locale.ROOT)),
        values.get(SettingsTable.REDIS_MASTER),
        values.find(SettingsTable.REDIS_CA));
  }

  /**
   * Where Redis is.
   *
   * @param uris those that are set, or the embedded one's; commas between several
   */
  public RedisSettings settings(String uris) {
    return new RedisSettings(mode, List.of(uris.split(",")), master, authority);
  }
}
