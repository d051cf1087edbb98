package io.magpie.app.config;

import java.util.Optional;

/**
 * How Redis is used.
 *
 * @param uri empty means the embedded one
 */
public record RedisConfig(Optional<Secret> uri) {

  static RedisConfig from(Values values) {
    return new RedisConfig(values.find(SettingsTable.REDIS_URI));
  }
}
