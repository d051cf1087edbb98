package io.magpie.gateway;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast a user may ask over all connections of this node together: as fast as three connections.
 * Entries live as long as the user is connected. Shared by the event loops.
 */
final class UserRates {
  /** A phone, a desktop and a browser. */
  private static final int CONNECTIONS = 3;

  private final GatewayLimits limits;
  private final Map<UUID, TokenBucket> buckets = new ConcurrentHashMap<>();

  UserRates(GatewayLimits limits) {
    this.limits = limits;
  }

  /**
   * Lets a request in.
   *
   * @throws RequestError {@code rate_limited}
   */
  void admit(UUID user) {
    TokenBucket bucket = buckets.computeIfAbsent(user, id -> fresh());
    synchronized (bucket) {
      if (!bucket.take(System.nanoTime())) {
        throw RequestError.retryAfter(ErrorCode.RATE_LIMITED, Duration.ofMillis(bucket.waitMs()));
      }
    }
  }

  private TokenBucket fresh() {
    return new TokenBucket(
        limits.framesPerSecond() * CONNECTIONS,
        limits.framesBurst() * CONNECTIONS,
        System.nanoTime());
  }

  /** The user's last connection is gone. */
  void forget(UUID user) {
    buckets.remove(user);
  }
}
