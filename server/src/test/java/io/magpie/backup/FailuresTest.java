package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static String file(IOException cause) {
    BackupFailure failure = Failures.file("The backup", Path.of("/b/a.zip"), cause);
    assertThat(failure.getMessage()).matches("(?s).*\\.( Nothing is left behind\\.)?");
    return failure.code();
  }

  @Test
  void what_a_file_system_refuses_has_its_own_code() {
    assertThat(file(new IOException("No space left on device"))).isEqualTo("disk-full");
    assertThat(file(new IOException("File too large"))).isEqualTo("file-size-limit");
    assertThat(file(new AccessDeniedException("/b/a.zip"))).isEqualTo("no-permission");
    assertThat(file(new FileSystemException("/b", null, "Read-only file system")))
        .isEqualTo("no-permission");
    assertThat(file(new NoSuchFileException("/b"))).isEqualTo("file-not-found");
    assertThat(file(new IOException("Input/output error"))).isEqualTo("file-failed");
  }

  @Test
  void so_has_what_postgres_refuses() {
    assertThat(database("57P01")).isEqualTo("database-unreachable");
    assertThat(database("08006")).isEqualTo("database-unreachable");
    assertThat(database("28P01")).isEqualTo("database-refused");
    assertThat(database("53100")).isEqualTo("disk-full");
    assertThat(database("42501")).isEqualTo("no-permission");
    assertThat(database("23505")).isEqualTo("database-failed");
  }

  private static String database(String state) {
    return Failures.database("The backup", new SQLException("ERROR: so it is.", state)).code();
  }
}
