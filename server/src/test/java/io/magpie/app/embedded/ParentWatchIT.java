package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process without file descriptors to spare sees no other process, and must not conclude. */
class ParentWatchIT {

  @Test
  void who_is_out_of_file_descriptors_does_not_take_the_parent_for_dead() throws Exception {
    Process process = start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("begun true");
      // If it did see itself there were descriptors left, and nothing is proved.
      assertThat(said.readLine()).isEqualTo("went on, saw itself: false");
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Its parent is this JVM: the shell becomes the process. */
  private static Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            "sh",
            "-c",
            "ulimit -n 128; exec \"$0\" \"$@\"",
            java,
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-Dmagpie.stopWithParent=true",
            "-cp",
            System.getProperty("java.class.path"),
            ExhaustedMain.class.getName())
        .redirectErrorStream(true)
        .start();
  }
}
