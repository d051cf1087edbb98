package io.magpie.app.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How PostgreSQL is used.
 *
 * @param uri the application's role; empty means the embedded one
 * @param ownerUri the owner's role, for migrations
 * @param poolSize connections
 * @param queue requests that may wait for a connection
 * @param connectTimeout longest wait for a connection
 * @param statementTimeout longest time of a statement
 * @param patience longest time until a write is answered
 * @param startPatience how long a starting node waits for the database
 */
public record PostgresConfig(
    Optional<Secret> uri,
    Optional<Secret> ownerUri,
    int poolSize,
    int queue,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration patience,
    Duration startPatience) {

  static PostgresConfig from(Values values) {
    return new PostgresConfig(
        values.find(SettingsTable.POSTGRES_URI),
        values.find(SettingsTable.POSTGRES_OWNER_URI),
        values.get(SettingsTable.POSTGRES_POOL_SIZE),
        values.get(SettingsTable.POSTGRES_QUEUE),
        values.get(SettingsTable.POSTGRES_CONNECT_TIMEOUT),
        values.get(SettingsTable.POSTGRES_STATEMENT_TIMEOUT),
        values.get(SettingsTable.POSTGRES_PATIENCE),
        values.get(SettingsTable.POSTGRES_START_PATIENCE));
  }
}
