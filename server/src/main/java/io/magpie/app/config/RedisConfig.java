package io.magpie.app.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How Redis is used.
 *
 * @param uri empty means the embedded one
 * @param commandTimeout longest time of a command
 */
public record RedisConfig(Optional<Secret> uri, Duration commandTimeout) {

  static RedisConfig from(Values values) {
    return new RedisConfig(
        values.find(SettingsTable.REDIS_URI), values.get(SettingsTable.REDIS_COMMAND_TIMEOUT));
  }
}
