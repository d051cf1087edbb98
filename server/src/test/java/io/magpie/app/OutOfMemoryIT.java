package io.magpie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** J5: a process whose memory is used up does not limp on, wherever that was noticed. */
class OutOfMemoryIT {

  private static int exitCode(String where) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx64m",
                    "-XX:MaxDirectMemorySize=24m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OutOfMemoryMain.class.getName(),
                    where))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-on-event-loop", "heap-on-thread", "in-a-request"})
  void it_ends_with_a_code_of_its_own(String where) throws Exception {
    assertThat(exitCode(where)).isEqualTo(Exit.OUT_OF_MEMORY);
  }

  @Test
  void other_accidents_do_not_end_the_process() throws Exception {
    assertThat(exitCode("other")).isEqualTo(9);
  }
}
