package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which processes a start takes for those of a killed server; {@code sleep} plays them. */
class OrphansIT {
  @TempDir Path parent;
  private DataDirectory directory;
  private Process process;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(parent);
  }

  @AfterEach
  void close() {
    process.destroyForcibly();
    directory.close();
  }

  @Test
  void the_recorded_process_is_stopped_and_its_record_forgotten() throws IOException {
    ProcessMark mark = sleeping("sleep");
    mark.write(directory.run().resolve("postgres"));

    new Orphans(directory).stop();

    assertThat(mark.isRunning()).isFalse();
    assertThat(directory.run()).isEmptyDirectory();
  }

  @Test
  void a_pid_that_was_used_again_is_never_killed() throws IOException {
    ProcessMark mark = sleeping("sleep");
    List<ProcessMark> others =
        List.of(
            new ProcessMark(mark.pid(), mark.bootId(), mark.startTicks() - 1, mark.command()),
            new ProcessMark(mark.pid(), "another-boot", mark.startTicks(), mark.command()),
            new ProcessMark(mark.pid(), mark.bootId(), mark.startTicks(), "postgres"));
    for (ProcessMark other : others) {
      other.write(directory.run().resolve("postgres"));
      new Orphans(directory).stop();
      assertThat(mark.isRunning()).as(other.toString()).isTrue();
    }
    Files.writeString(directory.run().resolve("redis-server"), mark.pid() + "\n");
    new Orphans(directory).stop();
    assertThat(mark.isRunning()).isTrue();
  }

  @Test
  void a_process_of_our_binaries_that_was_not_yet_recorded_is_stopped() throws IOException {
    Path copy = directory.binaries().resolve("redis-server");
    Files.copy(Path.of("/bin/sleep").toRealPath(), copy);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
    ProcessMark mark = sleeping(copy.toString());

    new Orphans(directory).stop();

    assertThat(mark.isRunning()).isFalse();
  }

  /** Its first name is that of the launcher of processes: the mark is taken after the exec. */
  private ProcessMark sleeping(String executable) throws IOException {
    process = new ProcessBuilder(executable, "600").start();
    String name = Path.of(executable).getFileName().toString();
    while (process.isAlive()) {
      ProcessMark mark = ProcessMark.ofRunning(process.pid()).orElseThrow();
      if (mark.command().equals(name)) {
        return mark;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(executable + " ended");
  }
}
