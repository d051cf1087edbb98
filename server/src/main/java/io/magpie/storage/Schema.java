package io.magpie.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a database says of itself.
 *
 * @param version the newest migration that was applied, twelve digits; empty for a database without
 *     our tables
 * @param oldestBinary the newest migration that a binary must know to work with this schema; empty
 *     where nothing is demanded
 * @param restored whether it came out of a backup
 */
public record Schema(String version, String oldestBinary, boolean restored) {
  private static final String IS_THERE =
      "select to_regclass('flyway_schema_history') is not null"
          + " and to_regclass('installation') is not null";

  /** As JSON: older schemas have fewer columns. */
  private static final String STATE =
      """
      select (select max(version) from flyway_schema_history where success) as version,
             coalesce(to_jsonb(i) ->> 'oldest_binary', '') as oldest_binary,
             to_jsonb(i) ->> 'restored_at' is not null as restored
      from installation i
      """;

  private static final Schema NONE = new Schema("", "", false);

  /** Reads it with either role. */
  public static Schema of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet found = statement.executeQuery(IS_THERE)) {
        found.next();
        if (!found.getBoolean(1)) {
          return NONE;
        }
      }
      try (ResultSet row = statement.executeQuery(STATE)) {
        return row.next()
            ? new Schema(row.getString(1), row.getString(2), row.getBoolean(3))
            : NONE;
      }
    }
  }

  /** Whether our tables are there. */
  public boolean exists() {
    return !version.isEmpty();
  }

  /** The newest migration that this binary knows, twelve digits. */
  public static String newestKnown() {
    return BundledMigrations.newest();
  }

  /**
   * Old and new binaries work side by side until a migration takes away what the old ones need.
   *
   * @throws SchemaMismatch {@code binary-too-old}
   */
  void refuseOlderBinary() {
    refuseOlderThan(newestKnown());
  }

  void refuseOlderThan(String known) {
    if (known.compareTo(oldestBinary) < 0) {
      throw new SchemaMismatch(
          "binary-too-old",
          "This Magpie is too old for its database: it knows migrations up to "
              + known
              + " and the database supports servers from "
              + oldestBinary
              + " on. Start a newer version.");
    }
  }

  /**
   * Without the owner's role somebody else migrates.
   *
   * @throws SchemaMismatch {@code schema-too-old}
   */
  void refuseOlderSchema() {
    if (version.compareTo(newestKnown()) < 0) {
      throw new SchemaMismatch(
          "schema-too-old",
          "The database is not migrated to "
              + newestKnown()
              + " yet"
              + (exists() ? " (it is at " + version + ")" : "")
              + ". Start one server with MAGPIE_POSTGRES_OWNER_URI first.");
    }
  }
}
