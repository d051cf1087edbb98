package io.magpie.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch is itself watched: a test that blocks an event loop is not passed over. */
class LoopWatchIT {
  private static final String PROPERTY = "magpie.block-loop";

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void a_server_whose_event_loop_was_blocked_fails_its_test(@TempDir Path folder) throws Exception {
    Path block = folder.resolve("block");
    System.setProperty(PROPERTY, block.toString());
    TestServer server = TestServer.start();
    int before = LoopWatch.begin();
    Path written = Files.writeString(folder.resolve("new"), "5000");
    Files.move(written, block, StandardCopyOption.ATOMIC_MOVE);
    Deadline.await("Vert.x says so", Duration.ofSeconds(15), () -> LoopWatch.begin() > before);
    assertThatThrownBy(server::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("has been blocked for");
  }
}
