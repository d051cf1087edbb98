package io.magpie.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a backup holds.
 *
 * @param format of the file, {@value #FORMAT}; a newer one is refused
 * @param schema the newest migration of the database, twelve digits
 * @param epoch of the database; the restored one gets another
 * @param takenAt the moment of the snapshot, by the database's clock
 * @param madeBy version of Magpie
 * @param eventMonths months (yyyymm) whose events have a partition
 * @param tables what each table held
 * @param sequences where they stood
 * @param leftOut tables whose rows are not in the file
 */
public record Manifest(
    int format,
    String schema,
    UUID epoch,
    Instant takenAt,
    String madeBy,
    List<Integer> eventMonths,
    List<Table> tables,
    List<Sequence> sequences,
    List<String> leftOut) {
  /** Raised when an older Magpie could not read the file. */
  public static final int FORMAT = 1;

  /**
   * One table.
   *
   * @param columns in the order of the file, as SQL writes them
   * @param rows how many
   * @param sha256 the sum of the SHA-256 of all rows, whatever their order
   */
  public record Table(String name, List<String> columns, long rows, String sha256) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * One sequence.
   *
   * @param value the last number that it gave
   * @param called whether it gave one
   */
  public record Sequence(String name, long value, boolean called) {}

  public Manifest {
    eventMonths = List.copyOf(eventMonths);
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
    leftOut = List.copyOf(leftOut);
  }

  /** Rows of all tables. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  String json() {
    return Json.write(this);
  }

  /** Reads one; what a newer format may have changed is not looked at before its number. */
  static Manifest read(String text) {
    ObjectNode node = Json.readOwn(text);
    JsonNode format = node.path("format");
    if (!format.isInt() || format.intValue() < 1) {
      throw new BackupFailure("backup-damaged", "The backup's manifest names no format.");
    }
    if (format.intValue() > FORMAT) {
      throw new BackupFailure(
          "backup-newer",
          "The backup was made by a newer Magpie (format "
              + format.intValue()
              + "; this one knows up to "
              + FORMAT
              + "). Use that version.");
    }
    return Json.convert(node, Manifest.class);
  }
}
