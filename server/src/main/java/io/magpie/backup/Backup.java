package io.magpie.backup;

import io.magpie.storage.PostgresAddress;
import io.magpie.storage.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Copies all rows in one snapshot while servers go on. Takes the weakest of locks, which only
 * changes of tables wait for; one connection.
 */
public final class Backup {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'magpie-'yyyyMMdd'T'HHmmss'Z.zip'").withZone(ZoneOffset.UTC);
  private static final int SNAPSHOT_TRIES = 5;
  private static final String WHAT = "The backup";

  private final Clock clock;
  private final String version;
  private final Progress progress;

  /**
   * @param version of this Magpie, for the manifest
   * @param say takes sentences about the progress
   * @param nanos a clock for durations
   */
  public Backup(Clock clock, String version, Consumer<String> say, LongSupplier nanos) {
    this.clock = clock;
    this.version = version;
    this.progress = new Progress(say, nanos);
  }

  /**
   * Makes a backup.
   *
   * @param uri of the owner's or the application's role
   * @param place a folder, in which the file gets a name by its time, or a file that is not there
   *     yet
   * @return the file
   * @throws BackupFailure and leaves no file then
   */
  public Path take(String uri, Path place) {
    PostgresAddress address = PostgresAddress.of(uri);
    Path target = target(place);
    try (Connection connection = address.connect("magpie backup")) {
      List<Catalog.Columns> tables = snapshot(connection);
      Manifest manifest = write(connection, tables, target);
      progress.say(
          "Backed up %,d rows of %d tables in %s."
              .formatted(manifest.rows(), manifest.tables().size(), progress.elapsed()));
      return target;
    } catch (SQLException e) {
      throw Failures.database(WHAT + " of " + address.place(), e);
    } catch (IOException e) {
      throw Failures.file(WHAT, target, e);
    }
  }

  private Path target(Path place) {
    Path target = Files.isDirectory(place) ? place.resolve(NAME.format(clock.instant())) : place;
    if (Files.exists(target)) {
      throw new BackupFailure(
          "file-exists", target + " is there already; a backup never replaces a file.");
    }
    return target;
  }

  /**
   * Locks first, then the snapshot: no table changes its shape between the two. A table that came
   * or changed before the locks were there means another try.
   */
  private static List<Catalog.Columns> snapshot(Connection connection) throws SQLException {
    Catalog.plainText(connection);
    for (int attempt = 0; attempt < SNAPSHOT_TRIES; attempt++) {
      connection.setAutoCommit(true);
      List<Catalog.Columns> seen = Catalog.tables(connection);
      if (seen.stream().noneMatch(table -> table.table().equals("installation"))) {
        throw new BackupFailure(
            "nothing-to-back-up", "There are no tables of Magpie in this database.");
      }
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
        statement.execute("set local lock_timeout = '60s'");
        statement.execute(
            "lock table "
                + seen.stream().map(Catalog.Columns::table).collect(Collectors.joining(", "))
                + " in access share mode");
      }
      if (Catalog.tables(connection).equals(seen)) {
        return seen;
      }
      connection.rollback();
    }
    throw new BackupFailure(
        "schema-changes", "The tables are being changed right now; try again later.");
  }

  private Manifest write(Connection connection, List<Catalog.Columns> tables, Path target)
      throws SQLException, IOException {
    try (BackupWriter writer = BackupWriter.begin(target)) {
      List<Manifest.Table> written = new ArrayList<>();
      List<String> leftOut = new ArrayList<>();
      Head head = head(connection);
      for (Catalog.Columns table : tables) {
        if (Catalog.LEFT_OUT.contains(table.table())) {
          leftOut.add(table.table());
        } else {
          written.add(table(connection, table, writer));
        }
      }
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              head.schema(),
              head.epoch(),
              head.takenAt(),
              version,
              Catalog.eventMonths(connection),
              written,
              // Last: sequences know no snapshot, and a number must not be given twice.
              Catalog.sequences(connection),
              leftOut);
      writer.finish(manifest);
      return manifest;
    }
  }

  /** What is one row in the database. */
  private record Head(String schema, UUID epoch, Instant takenAt) {}

  private static Head head(Connection connection) throws SQLException {
    String schema = Schema.of(connection).version();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select epoch, transaction_timestamp() from installation")) {
      row.next();
      return new Head(schema, row.getObject(1, UUID.class), row.getTimestamp(2).toInstant());
    }
  }

  private Manifest.Table table(Connection connection, Catalog.Columns table, BackupWriter writer)
      throws SQLException, IOException {
    RowDigest digest = new RowDigest();
    writer.beginTable(table.table());
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyOut());
    try {
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        digest.update(row, 0, row.length);
        writer.write(row);
        progress.rows(table.table(), digest.rows());
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    writer.endTable();
    progress.say("  %s: %,d rows".formatted(table.table(), digest.rows()));
    return new Manifest.Table(table.table(), table.names(), digest.rows(), digest.value());
  }
}
