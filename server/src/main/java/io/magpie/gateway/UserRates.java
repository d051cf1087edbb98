package io.magpie.gateway;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How fast a user may ask over all connections together: as fast as three connections. What is
 * asked of other nodes counts as well, as soon as they tell; see {@link SharedRates}. Entries live
 * as long as the user is connected here. Shared by the event loops.
 */
final class UserRates {
  /** A phone, a desktop and a browser. */
  private static final int CONNECTIONS = 3;

  private final GatewayLimits limits;
  private final LongSupplier clock;
  private final Map<UUID, Rate> rates = new ConcurrentHashMap<>();
  private Map<UUID, Integer> heavy = new HashMap<>();
  private final AtomicInteger period = new AtomicInteger();

  /** What one user has left here, and has taken here in this period. */
  private static final class Rate {
    private final TokenBucket bucket;
    private int period;
    private int taken;

    Rate(TokenBucket bucket) {
      this.bucket = bucket;
    }

    int take(int now) {
      taken = period == now ? taken + 1 : 1;
      period = now;
      return taken;
    }
  }

  /**
   * @param clock monotone nanoseconds
   */
  UserRates(GatewayLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Lets a request in.
   *
   * @throws RequestError {@code rate_limited}
   */
  void admit(UUID user) {
    Rate rate = rates.computeIfAbsent(user, id -> fresh());
    int taken;
    synchronized (rate) {
      if (!rate.bucket.take(clock.getAsLong())) {
        throw RequestError.retryAfter(
            ErrorCode.RATE_LIMITED, Duration.ofMillis(rate.bucket.waitMs()));
      }
      taken = rate.take(period.get());
    }
    if (taken >= worthTelling()) {
      note(user, taken);
    }
  }

  /** An eighth of what the user may ask in a second. */
  private int worthTelling() {
    return Math.max(1, limits.framesPerSecond() * CONNECTIONS / 8);
  }

  private synchronized void note(UUID user, int taken) {
    heavy.merge(user, taken, Math::max);
  }

  /** Who has asked much since this was called before, and how much. */
  synchronized Map<UUID, Integer> takeHeavy() {
    Map<UUID, Integer> told = heavy;
    heavy = new HashMap<>();
    period.incrementAndGet();
    return told;
  }

  /** A user has asked so much of another node. */
  void takenElsewhere(UUID user, int requests) {
    Rate rate = rates.get(user);
    if (rate != null) {
      synchronized (rate) {
        rate.bucket.owe(requests, clock.getAsLong());
      }
    }
  }

  private Rate fresh() {
    return new Rate(
        new TokenBucket(
            limits.framesPerSecond() * CONNECTIONS,
            limits.framesBurst() * CONNECTIONS,
            clock.getAsLong()));
  }

  /** The user's last connection is gone. */
  void forget(UUID user) {
    rates.remove(user);
  }
}
