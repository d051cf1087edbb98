package io.magpie.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one signal of one user in one conversation pass in {@link #QUIET}. What is older is
 * forgotten once in that time, so a call costs the same however many people type. Safe from any
 * thread.
 */
final class TypingPace {
  static final Duration QUIET = Duration.ofSeconds(2);

  private final Map<Writing, Instant> passed = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

  private record Writing(UUID conversation, UUID user) {}

  boolean pass(UUID conversation, UUID user, Instant now) {
    sweep(now);
    boolean[] through = {false};
    passed.compute(
        new Writing(conversation, user),
        (key, before) -> {
          through[0] = before == null || !recent(before, now);
          return through[0] ? now : before;
        });
    return through[0];
  }

  /** How many are remembered. */
  int size() {
    return passed.size();
  }

  private void sweep(Instant now) {
    Instant last = swept.get();
    if (!recent(last, now) && swept.compareAndSet(last, now)) {
      passed.values().removeIf(at -> !recent(at, now));
    }
  }

  /** A clock that was set back silences nobody. */
  private static boolean recent(Instant before, Instant now) {
    return !before.isAfter(now) && before.plus(QUIET).isAfter(now);
  }
}
