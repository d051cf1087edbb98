package io.magpie.backup;

import io.magpie.storage.Migrations;
import io.magpie.storage.PostgresAddress;
import io.magpie.storage.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.flywaydb.core.api.FlywayException;

/**
 * Puts a backup into a database, whole or not at all: schema, rows, checks and the new epoch are
 * one transaction. The schema is made as it was when the backup was taken, filled, and then brought
 * up to date, so an older backup takes the same way as an older database.
 */
public final class Restore {
  /** The nodes' common key is made anew too: it stands in every copy of the backup. */
  private static final String RENEW =
      "update installation set epoch = default, node_key = default, restored_at = clock_timestamp()";

  private final Consumer<String> say;
  private final Progress progress;

  /**
   * What may be done.
   *
   * @param replace what the database holds may be deleted
   * @param acceptFindings also a backup of a database in which something was wrong
   */
  public record Options(boolean replace, boolean acceptFindings) {}

  /**
   * What it does is told.
   *
   * @param say takes sentences about the progress
   * @param nanos a clock for durations
   */
  public Restore(Consumer<String> say, LongSupplier nanos) {
    this.say = say;
    this.progress = new Progress(say, nanos);
  }

  /**
   * Restores.
   *
   * @param ownerUri of the owner's role
   * @throws BackupFailure with the database as it was
   */
  public Manifest run(Path file, String ownerUri, Options options) {
    say.accept("Reading " + file + ".");
    try (BackupReader backup = BackupReader.open(file)) {
      Manifest manifest = backup.manifest();
      refuseNewer(manifest);
      say.accept(
          "A backup of %s by Magpie %s: %,d rows, schema %s."
              .formatted(
                  manifest.takenAt(), manifest.madeBy(), manifest.rows(), manifest.schema()));
      PostgresAddress owner = PostgresAddress.of(ownerUri);
      try (Connection connection = owner.connect("magpie restore")) {
        Catalog.plainText(connection);
        connection.setAutoCommit(false);
        restore(connection, backup, options);
      } catch (SQLException e) {
        throw Failures.database("Restoring into " + owner.place(), e);
      } catch (FlywayException e) {
        throw new BackupFailure(
            "database-migration",
            "Nothing was restored: the schema could not be made: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
            e);
      }
      say.accept("Restored %,d rows in %s.".formatted(manifest.rows(), progress.elapsed()));
      return manifest;
    }
  }

  static void refuseNewer(Manifest manifest) {
    if (manifest.schema().compareTo(Schema.newestKnown()) > 0) {
      throw new BackupFailure(
          "backup-newer",
          "The backup was made by a newer Magpie (schema "
              + manifest.schema()
              + "; this one knows up to "
              + Schema.newestKnown()
              + "). Use that version.");
    }
  }

  private void restore(Connection connection, BackupReader backup, Options options)
      throws SQLException {
    boolean done = false;
    try {
      rebuild(connection, backup, options);
      connection.commit();
      done = true;
    } finally {
      if (!done && connection.isValid(1)) {
        connection.rollback();
      }
    }
  }

  private void rebuild(Connection connection, BackupReader backup, Options options)
      throws SQLException {
    Manifest manifest = backup.manifest();
    new Ground(connection).prepare(options.replace());
    say.accept("Making the schema of the backup and filling it.");
    Migrations.within(connection, manifest.schema());
    eventMonths(connection, manifest.eventMonths());
    new Loader(connection, progress).load(backup);
    say.accept("Every table holds what the manifest says. Bringing the schema up to date.");
    Migrations.within(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(RENEW);
      for (Catalog.Columns table : Catalog.tables(connection)) {
        statement.execute("analyze " + table.table());
      }
    }
    List<Verifier.Finding> findings = Verifier.check(connection, say);
    if (!findings.isEmpty() && !options.acceptFindings()) {
      throw new BackupFailure(
          "findings",
          "Nothing was restored: the database of this backup was not in order when it was taken. Say"
              + " --accept-findings to restore it as it was.");
    }
  }

  /** Before there are rows, so that each goes into the partition of its month. */
  private static void eventMonths(Connection connection, List<Integer> months) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int month : months) {
        statement.execute(
            "select ensure_event_partitions(to_date('%06d', 'YYYYMM'), 1)".formatted(month));
      }
    }
  }
}
