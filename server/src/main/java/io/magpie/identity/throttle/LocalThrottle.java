package io.magpie.identity.throttle;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts on this node alone, while Redis does not answer. Holds {@value #MAX_KEYS} counters, the
 * oldest are forgotten first. Safe from any thread.
 */
public final class LocalThrottle implements LoginThrottle {
  private static final int MAX_KEYS = 10_000;

  private final Clock clock;
  private final LoginLimits limits;
  private final Map<String, Counter> counters = new LinkedHashMap<>();

  private record Counter(int failures, Instant forgetAt, Instant blockedUntil) {}

  public LocalThrottle(Clock clock, LoginLimits limits) {
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public synchronized Future<Void> begin(Try attempt) {
    Duration wait = count(attempt.addressKey(), limits.address());
    if (wait.isZero()) {
      wait = count(attempt.accountKey(), limits.account());
    }
    return wait.isZero()
        ? Future.succeededFuture()
        : Future.failedFuture(RequestError.retryAfter(ErrorCode.RATE_LIMITED, wait));
  }

  @Override
  public synchronized Future<Void> succeeded(Try attempt) {
    counters.remove(attempt.accountKey());
    takeBack(attempt.addressKey());
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<Void> abandoned(Try attempt) {
    takeBack(attempt.accountKey());
    takeBack(attempt.addressKey());
    return Future.succeededFuture();
  }

  private void takeBack(String name) {
    counters.computeIfPresent(
        name,
        (key, old) -> new Counter(Math.max(0, old.failures - 1), old.forgetAt, old.blockedUntil));
  }

  /** Counts a failure and answers zero, or counts nothing and answers how long to wait. */
  private Duration count(String key, ThrottleRule rule) {
    Instant now = clock.instant();
    Counter old = counters.get(key);
    if (old == null || !now.isBefore(old.forgetAt)) {
      old = new Counter(0, now.plus(rule.memory()), now);
    }
    if (now.isBefore(old.blockedUntil)) {
      return Duration.between(now, old.blockedUntil);
    }
    int failures = old.failures + 1;
    counters.remove(key); // goes to the end of the order
    counters.put(
        key,
        new Counter(
            failures,
            rule.sliding() ? now.plus(rule.memory()) : old.forgetAt,
            now.plus(rule.wait(failures))));
    if (counters.size() > MAX_KEYS) {
      counters.remove(counters.keySet().iterator().next());
    }
    return Duration.ZERO;
  }
}
