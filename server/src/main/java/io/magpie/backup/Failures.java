package io.magpie.backup;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Failures of files and of the database as sentences. */
final class Failures {
  private Failures() {}

  static BackupFailure file(String what, Path file, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return new BackupFailure(
          "disk-full",
          what + " failed: the disk that holds " + file + " is full. Nothing is left behind.",
          cause);
    }
    if (text.contains("File too large") || text.contains("File size limit exceeded")) {
      return new BackupFailure(
          "file-size-limit",
          what + " failed: " + file + " may not grow so far (see `ulimit -f`).",
          cause);
    }
    if (cause instanceof NoSuchFileException) {
      return new BackupFailure("file-not-found", "There is no file or folder " + text + ".", cause);
    }
    if (cause instanceof AccessDeniedException || text.contains("Read-only file system")) {
      return new BackupFailure(
          "no-permission", what + " failed: no permission on " + file + ".", cause);
    }
    String reason =
        cause instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : text;
    return new BackupFailure(
        "file-failed", what + " failed with the file " + file + ": " + reason + ".", cause);
  }

  static BackupFailure database(String what, SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    String text =
        String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
    if (state.startsWith("08")
        || state.startsWith("57P")
        || cause.getCause() instanceof IOException
        || cause.getCause() instanceof SocketTimeoutException) {
      return new BackupFailure(
          "database-unreachable", what + " failed: PostgreSQL is not there: " + text + ".", cause);
    }
    if (state.startsWith("28") || state.equals("3D000")) {
      return new BackupFailure(
          "database-refused", what + " failed: PostgreSQL refuses: " + text + ".", cause);
    }
    if (state.equals("53100")) {
      return new BackupFailure(
          "disk-full", what + " failed: the disk of PostgreSQL is full: " + text + ".", cause);
    }
    if (state.equals("42501")) {
      return new BackupFailure(
          "no-permission", what + " failed: the role may not: " + text + ".", cause);
    }
    return new BackupFailure("database-failed", what + " failed: " + text + ".", cause);
  }

  static BackupFailure damaged(Path file, String why) {
    return new BackupFailure("backup-damaged", file + " is damaged: " + why);
  }
}
