package io.magpie.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final Clock right = Clock.fixed(NOON, ZoneOffset.UTC);
  @TempDir Path directory;

  @AfterEach
  void forget() {
    System.clearProperty("magpie.clock-offset");
  }

  @Test
  void without_the_property_the_clock_is_that_of_the_machine() {
    assertThat(MovedClock.of(right)).isSameAs(right);
  }

  @Test
  void it_goes_wrong_while_it_is_used() throws IOException {
    Path file = directory.resolve("offset");
    System.setProperty("magpie.clock-offset", file.toString());
    Clock clock = MovedClock.of(right);
    assertThat(clock.instant()).isEqualTo(NOON);
    Files.writeString(file, "-PT1H\n");
    Deadline.await("it jumps", () -> clock.instant().equals(NOON.minusSeconds(3_600)));
  }
}
