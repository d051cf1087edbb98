package io.magpie.storage;

import java.time.Duration;

/**
 * How the pool of connections behaves.
 *
 * @param size connections at most
 * @param waiters requests that may wait for a connection
 * @param connectTimeout longest wait for a connection
 * @param statementTimeout longest time of a statement; PostgreSQL cuts it
 * @param patience longest time that somebody waits who was promised an answer soon: for a
 *     connection, for those in front and for all statements together
 */
public record PoolSettings(
    int size, int waiters, Duration connectTimeout, Duration statementTimeout, Duration patience) {

  /** 16 connections, 500 waiters, 3 s, 5 s, 2.5 s. */
  public static final PoolSettings DEFAULT =
      new PoolSettings(
          16, 500, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofMillis(2_500));

  /** The usual waits with other numbers of connections and waiters. */
  public PoolSettings(int size, int waiters) {
    this(size, waiters, DEFAULT.connectTimeout, DEFAULT.statementTimeout, DEFAULT.patience);
  }

  /** The usual patience with other waits. */
  public PoolSettings(int size, int waiters, Duration connectTimeout, Duration statementTimeout) {
    this(size, waiters, connectTimeout, statementTimeout, DEFAULT.patience);
  }
}
