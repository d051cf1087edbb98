package io.magpie.gateway;

import java.time.Duration;

/** Limits that are wide, but for what a test is about. */
final class LimitsForTests {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** For a connection 20 frames a second, 60 at once; for a user 60 a second, 180 at once. */
  static final GatewayLimits WIDE = times(MINUTE, MINUTE, MINUTE);

  private LimitsForTests() {}

  static GatewayLimits times(Duration helloDeadline, Duration heartbeat, Duration readIdle) {
    return new GatewayLimits(
        65_536,
        20,
        60,
        10,
        helloDeadline,
        1_000,
        20,
        10,
        heartbeat,
        readIdle,
        1 << 20,
        512,
        MINUTE,
        1 << 28,
        200,
        200,
        8,
        Duration.ZERO,
        MINUTE);
  }
}
