package io.magpie.backup;

import io.magpie.storage.Schema;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reads a whole backup without a database: is it complete, and can this Magpie restore it? */
public final class Check {
  private Check() {}

  /**
   * Reads the file twice, the second time row by row.
   *
   * @throws BackupFailure when it could not be restored
   */
  public static Manifest backup(Path file, Consumer<String> say, LongSupplier nanos) {
    Progress progress = new Progress(say, nanos);
    try (BackupReader backup = BackupReader.open(file)) {
      Manifest manifest = backup.manifest();
      Restore.refuseNewer(manifest);
      for (Manifest.Table table : manifest.tables()) {
        backup.read(table, progress, (bytes, length) -> {});
        say.accept("  %s: %,d rows".formatted(table.name(), table.rows()));
      }
      say.accept(
          "The backup of %s is whole: %,d rows of %d tables, schema %s (this Magpie: %s)."
              .formatted(
                  manifest.takenAt(),
                  manifest.rows(),
                  manifest.tables().size(),
                  manifest.schema(),
                  Schema.newestKnown()));
      return manifest;
    }
  }
}
