package io.magpie.http;

import io.magpie.access.Actor;
import io.magpie.gateway.TokenBucket;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast one session, app key or address may ask over HTTP. Remembers the last 10,000 of them;
 * whoever is forgotten starts with a full bucket again. One for each event loop.
 */
final class RequestRate {
  private static final int REMEMBERED = 10_000;

  private final int perSecond;
  private final int burst;
  private final Map<Object, TokenBucket> buckets =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, TokenBucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  RequestRate(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /**
   * Lets a request in.
   *
   * @throws RequestError {@code rate_limited}
   */
  synchronized void admit(Actor actor, String address) {
    long now = System.nanoTime();
    TokenBucket bucket =
        buckets.computeIfAbsent(key(actor, address), k -> new TokenBucket(perSecond, burst, now));
    if (!bucket.take(now)) {
      throw RequestError.retryAfter(ErrorCode.RATE_LIMITED, Duration.ofMillis(bucket.waitMs()));
    }
  }

  private static Object key(Actor actor, String address) {
    if (actor instanceof Actor.User user) {
      return user.session();
    }
    return actor instanceof Actor.App app ? app.key() : address;
  }
}
