package io.magpie.storage;

import java.time.Duration;

/**
 * How the pool of connections behaves.
 *
 * @param size connections at most
 * @param waiters requests that may wait for a connection
 * @param connectTimeout longest wait for a connection
 * @param statementTimeout longest time of a statement; PostgreSQL cuts it
 */
public record PoolSettings(
    int size, int waiters, Duration connectTimeout, Duration statementTimeout) {

  /** 16 connections, 500 waiters, 3 s, 5 s. */
  public static final PoolSettings DEFAULT =
      new PoolSettings(16, 500, Duration.ofSeconds(3), Duration.ofSeconds(5));
}
