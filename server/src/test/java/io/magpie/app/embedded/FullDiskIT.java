package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts where there is no room: one sentence, and nothing half-made that a later start takes. */
class FullDiskIT {
  @TempDir Path directory;

  /** A limit on the size of files stops a write in the middle for any user. */
  @ParameterizedTest
  @CsvSource({
    "1024, Unpacking Redis", // blocks of 512 bytes: half a megabyte
    "19500, Unpacking PostgreSQL" // Redis fits and PostgreSQL's largest file does not
  })
  void a_file_that_may_not_grow_while_unpacking(int blocks, String what) throws Exception {
    assertThat(refusal(limited(blocks)))
        .startsWith("file-size-limit: " + what + " failed")
        .contains("ulimit -f");
    assertThat(directory.resolve("bin")).isDirectoryNotContaining("glob:**/unpacking-*");
    startsAfterwards();
  }

  @Test
  void a_file_that_may_not_grow_while_the_cluster_is_made() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory)) {
      Binaries binaries = new Binaries(data, Platform.current());
      binaries.redis();
      binaries.postgres();
    }
    assertThat(refusal(limited(16_384))) // 8 MiB; a segment of the log has 16
        .startsWith("file-size-limit: Making the PostgreSQL cluster failed");
    assertThat(directory.resolve("postgres/data")).doesNotExist();
    startsAfterwards();
  }

  /** A small file system of its own: as root, or where users may make name spaces. */
  @ParameterizedTest
  @CsvSource({
    "30m, Unpacking PostgreSQL failed", // Redis fits
    "120m, 150 MiB" // the binaries fit, a cluster does not
  })
  void a_disk_that_is_full(String size, String text) throws Exception {
    String mount = "mount -t tmpfs -o size=" + size + " tmpfs \"$0\"";
    List<String> line = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
    line.addAll(List.of("sh", "-c"));
    List<String> probe = new ArrayList<>(line);
    probe.addAll(List.of(mount, directory.toString()));
    assumeTrue(Command.works(probe));

    line.addAll(List.of(mount + " && exec \"$@\"", directory.toString()));
    line.addAll(Launcher.java(directory));
    assertThat(refusal(line))
        .startsWith("disk-full: ")
        .contains(text)
        .contains("Free some space and start again.");
  }

  private List<String> limited(int blocks) {
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    line.addAll(Launcher.java(directory));
    return line;
  }

  private static String refusal(List<String> command) throws Exception {
    try (Launcher launcher = Launcher.start(command)) {
      assertThat(launcher.awaitExit()).isEqualTo(LauncherMain.CANNOT_START);
      String said = launcher.errors();
      assertThat(said.lines()).hasSize(1);
      return said;
    }
  }

  private void startsAfterwards() {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedServices services = EmbeddedServices.start(data)) {
      assertThat(services.endpoints().toString()).doesNotContain(Secrets.of(data).get("redis"));
      assertThat(Files.isDirectory(directory.resolve("postgres/data"))).isTrue();
    }
  }
}
