package io.magpie.redis;

import java.util.concurrent.ThreadLocalRandom;

/** Waits between tries: twice as long each time up to two seconds, half of it by chance. */
final class Backoff {
  private static final long FIRST_MS = 50;
  private static final long LAST_MS = 2_000;

  private long next = FIRST_MS;

  long nextMs() {
    long wait = next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1);
    next = Math.min(LAST_MS, next * 2);
    return wait;
  }

  void reset() {
    next = FIRST_MS;
  }
}
