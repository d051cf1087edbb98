package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void is_made_for_its_owner_alone() throws IOException {
    Path path = parent.resolve("a/b");
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertThat(Files.getPosixFilePermissions(directory.root()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(path.resolve("version")).hasContent("1\n");
    }
  }

  @Test
  void is_held_once_even_in_one_process_and_free_after_close() {
    try (DataDirectory first = DataDirectory.open(parent)) {
      refused("data-directory-in-use", "process " + ProcessHandle.current().pid());
      refused("data-directory-in-use", first.root().toString());
    }
    DataDirectory.open(parent).close();
  }

  @Test
  void of_a_newer_format_is_refused_and_left_alone() throws IOException {
    Files.writeString(parent.resolve("version"), "2\n");
    refused("data-directory-newer", "format 2; this one knows up to 1");
    assertThat(parent.resolve("version")).hasContent("2\n");
    Files.writeString(parent.resolve("version"), "1\n");
    DataDirectory.open(parent).close();
  }

  @Test
  void of_something_else_is_refused() throws IOException {
    Files.writeString(parent.resolve("version"), "shop 7.1\n");
    refused("data-directory-failed", "does not look like a Magpie data directory");
  }

  @Test
  void that_is_a_file_is_refused() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file)).hasMessageContaining("is not a directory");
  }

  @Test
  void keeps_secrets_that_only_the_owner_reads() throws IOException {
    try (DataDirectory directory = DataDirectory.open(parent)) {
      String made = Secrets.of(directory).get("a");
      assertThat(made).hasSize(43).isNotEqualTo(Secrets.of(directory).get("b"));
      assertThat(Secrets.of(directory).get("a")).isEqualTo(made);
      assertThat(Files.getPosixFilePermissions(parent.resolve("secrets")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  private void refused(String code, String text) {
    assertThatThrownBy(() -> DataDirectory.open(parent))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }
}
