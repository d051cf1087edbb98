package io.magpie.fault;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Blocks an event loop when a file appears, for as many milliseconds as the file says; the first
 * loop that sees it takes it away. The system property {@code magpie.block-loop} names the file.
 */
public final class LoopBlock {
  private static final long LOOK_EVERY_MS = 100;

  private LoopBlock() {}

  /** Watches from the event loop that calls; without the property nothing. */
  public static void watch(Vertx vertx) {
    String file = System.getProperty("magpie.block-loop", "");
    if (!file.isEmpty()) {
      vertx.setPeriodic(LOOK_EVERY_MS, timer -> look(Path.of(file)));
    }
  }

  private static void look(Path file) {
    try {
      if (Files.exists(file)) {
        long millis = Long.parseLong(Files.readString(file).strip());
        if (Files.deleteIfExists(file)) {
          LoggerFactory.getLogger(LoopBlock.class).error("blocking for {} ms on purpose", millis);
          Thread.sleep(millis);
        }
      }
    } catch (IOException e) {
      // another loop took it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
