package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesIT {
  @TempDir Path parent;

  @Test
  void what_a_kill_left_half_unpacked_is_removed() throws IOException {
    try (DataDirectory directory = DataDirectory.open(parent)) {
      Path remainder = directory.binaries().resolve("unpacking-postgres-00000000/lib");
      Files.createDirectories(remainder);
      Files.writeString(remainder.resolve("half"), "x");

      new Binaries(directory, Platform.current()).removeRemainders();

      assertThat(directory.binaries()).isEmptyDirectory();
    }
  }

  @Test
  void are_unpacked_once_and_again_when_the_copy_is_spoiled() throws IOException {
    try (DataDirectory directory = DataDirectory.open(parent)) {
      Binaries binaries = new Binaries(directory, Platform.current());
      Path postgres = binaries.postgres().resolve("bin/postgres");
      Object first = Files.getAttribute(postgres, "unix:ino");
      binaries.postgres();
      assertThat(Files.getAttribute(postgres, "unix:ino")).isEqualTo(first);

      Files.write(postgres, new byte[0]); // as after a power cut
      assertThat(binaries.postgres().resolve("bin/postgres")).isNotEmptyFile().isExecutable();

      Path redis = binaries.redis();
      Files.delete(redis);
      assertThat(binaries.redis()).isEqualTo(redis).isExecutable();
    }
  }
}
