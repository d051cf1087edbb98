package io.magpie.testkit.proxy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What happens to the bytes of one way.
 *
 * @param delay how long each piece waits
 * @param jitter up to how much longer; pieces of a connection never overtake each other
 * @param bytesPerSecond 0 is without a limit
 * @param swallow bytes and ends vanish, both sockets stay open
 * @param stall nothing is read, so the sender's buffers fill; nothing is lost
 */
public record ProxyRule(
    Duration delay, Duration jitter, long bytesPerSecond, boolean swallow, boolean stall) {
  /** Everything goes through at once. */
  public static final ProxyRule PASS = new ProxyRule(Duration.ZERO, Duration.ZERO, 0, false, false);

  public static final ProxyRule SWALLOW =
      new ProxyRule(Duration.ZERO, Duration.ZERO, 0, true, false);

  public static final ProxyRule STALL = new ProxyRule(Duration.ZERO, Duration.ZERO, 0, false, true);

  public static ProxyRule delay(Duration delay, Duration jitter) {
    return new ProxyRule(delay, jitter, 0, false, false);
  }

  public static ProxyRule rate(long bytesPerSecond) {
    return new ProxyRule(Duration.ZERO, Duration.ZERO, bytesPerSecond, false, false);
  }

  boolean slow() {
    return bytesPerSecond > 0 || delay.plus(jitter).compareTo(Duration.ZERO) > 0;
  }

  /** When a piece that comes now may go on, after the one that went before it. */
  long due(long now, long before, int bytes) {
    long wait = delay.toNanos();
    if (!jitter.isZero()) {
      wait += ThreadLocalRandom.current().nextLong(jitter.toNanos() + 1);
    }
    long due = Math.max(before, now + wait);
    return bytesPerSecond == 0 ? due : due + bytes * 1_000_000_000L / bytesPerSecond;
  }
}
