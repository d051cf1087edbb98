package io.magpie.app.config;

import java.nio.file.Path;

/**
 * PostgreSQL and Redis.
 *
 * @param dataDir what the embedded ones keep
 * @param postgres how PostgreSQL is used
 * @param redis how Redis is used
 */
public record ServicesConfig(Path dataDir, PostgresConfig postgres, RedisConfig redis) {

  static ServicesConfig from(Values values) {
    return new ServicesConfig(
        values.get(SettingsTable.DATA_DIR), PostgresConfig.from(values), RedisConfig.from(values));
  }

  /** Whether the server starts its own services; both are set or neither is. */
  public boolean embedded() {
    return postgres.uri().isEmpty();
  }
}
