package io.magpie.http;

import io.magpie.access.Actor;
import io.magpie.gateway.TokenBucket;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast one user, app key or address may ask over HTTP, and how often an address may show a bad
 * credential. Remembers the last 10,000 of them; whoever is forgotten starts with a full bucket
 * again. One for the node, shared by the event loops.
 */
final class RequestRate {
  private static final int REMEMBERED = 10_000;

  private final int perSecond;
  private final int burst;
  private final Map<Object, TokenBucket> asked = new Recent();
  private final Map<Object, TokenBucket> refused = new Recent();

  RequestRate(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** Forgets the one that was used least recently. */
  private static final class Recent extends LinkedHashMap<Object, TokenBucket> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(256, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Object, TokenBucket> eldest) {
      return size() > REMEMBERED;
    }
  }

  /**
   * Lets a request in.
   *
   * @throws RequestError {@code rate_limited}
   */
  synchronized void admit(Actor actor, String address) {
    take(asked, key(actor, address));
  }

  /** Notes that a credential from this address was no good. */
  synchronized void refused(String address) {
    bucket(refused, address).take(System.nanoTime());
  }

  /**
   * Before a credential is looked up, which may cost a query: refuses who showed too many bad ones.
   *
   * @throws RequestError {@code rate_limited}
   */
  synchronized void mayTry(String address) {
    TokenBucket bucket = bucket(refused, address);
    if (!bucket.has(System.nanoTime())) {
      throw limited(bucket);
    }
  }

  private void take(Map<Object, TokenBucket> buckets, Object key) {
    TokenBucket bucket = bucket(buckets, key);
    if (!bucket.take(System.nanoTime())) {
      throw limited(bucket);
    }
  }

  private static RequestError limited(TokenBucket bucket) {
    return RequestError.retryAfter(ErrorCode.RATE_LIMITED, Duration.ofMillis(bucket.waitMs()));
  }

  private TokenBucket bucket(Map<Object, TokenBucket> buckets, Object key) {
    return buckets.computeIfAbsent(key, k -> new TokenBucket(perSecond, burst, System.nanoTime()));
  }

  private static Object key(Actor actor, String address) {
    if (actor instanceof Actor.User user) {
      return user.id();
    }
    return actor instanceof Actor.App app ? app.key() : address;
  }
}
