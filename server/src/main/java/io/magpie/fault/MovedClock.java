package io.magpie.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that is wrong by what a file says, as {@code PT1H} or {@code -PT1H}, read again every 100
 * ms: it can jump while the node works. The system property {@code magpie.clock-offset} names the
 * file; without it the clock is right.
 */
public final class MovedClock extends Clock {
  private static final long LOOK_EVERY = 100_000_000;

  private final Clock right;
  private final Path file;
  private volatile Duration offset;
  private volatile long looked = System.nanoTime();

  private MovedClock(Clock right, Path file) {
    this.right = right;
    this.file = file;
    this.offset = read();
  }

  /** That clock, or one that is moved where the property asks for it. */
  public static Clock of(Clock right) {
    String file = System.getProperty("magpie.clock-offset", "");
    return file.isEmpty() ? right : new MovedClock(right, Path.of(file));
  }

  private Duration read() {
    try {
      return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Instant instant() {
    if (System.nanoTime() - looked > LOOK_EVERY) {
      looked = System.nanoTime();
      offset = read();
    }
    return right.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return right.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new MovedClock(right.withZone(zone), file);
  }
}
