package io.magpie.gateway;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The open requests of one connection and how fast they may come. */
final class Requests {
  private final Set<Long> open = new HashSet<>();
  private final TokenBucket rate;
  private int refused;

  Requests(GatewaySettings settings) {
    GatewayLimits limits = settings.limits();
    rate = new TokenBucket(limits.framesPerSecond(), limits.framesBurst(), System.nanoTime());
  }

  /** Notes a request; false where one with this id is open. */
  boolean begin(long id) {
    return open.add(id);
  }

  void end(long id) {
    open.remove(id);
  }

  /**
   * Lets the request in.
   *
   * @throws RequestError {@code rate_limited} or {@code overloaded}
   */
  void admit() {
    if (!rate.take(System.nanoTime())) {
      refused++;
      throw RequestError.retryAfter(ErrorCode.RATE_LIMITED, Duration.ofMillis(rate.waitMs()));
    }
    if (open.size() > Dispatcher.MAX_OPEN) {
      refused++;
      throw RequestError.retryAfter(ErrorCode.OVERLOADED, Duration.ofMillis(500));
    }
    refused = 0;
  }

  /** Whether every request has been answered. */
  boolean quiet() {
    return open.isEmpty();
  }

  int refusedInARow() {
    return refused;
  }
}
