package io.magpie.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what the database said for a short time. Bounded, the oldest leave first. What was read
 * before a removal is not put after it: take {@link #generation} before reading. Safe from any
 * thread.
 */
final class ShortCache<K, V> {
  private final Clock clock;
  private final Duration life;
  private final int size;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
  private long generation;

  private record Entry<V>(V value, Instant from, Instant to) {}

  ShortCache(Clock clock, Duration life, int size) {
    this.clock = clock;
    this.life = life;
    this.size = size;
  }

  synchronized Optional<V> get(K key) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    // A clock that was set back must not keep an entry alive.
    if (now.isBefore(entry.from) || !now.isBefore(entry.to)) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.value);
  }

  /** Changes with each removal. */
  synchronized long generation() {
    return generation;
  }

  synchronized void put(long readAt, K key, V value) {
    if (readAt != generation) {
      return;
    }
    Instant now = clock.instant();
    entries.remove(key); // goes to the end of the order
    entries.put(key, new Entry<>(value, now, now.plus(life)));
    if (entries.size() > size) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  synchronized void remove(K key) {
    generation++;
    entries.remove(key);
  }
}
