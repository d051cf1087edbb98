package io.magpie.faults.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How soon what somebody may no longer do must have ended everywhere. */
final class Revocations {
  /** What nodes need after a fault until they hear of each other again. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  /** A path is healthy where half of the sends are answered within that time. */
  private static final Duration PROMPT = Duration.ofMillis(500);

  private Revocations() {}

  /** The bound of what was acknowledged at that time; empty where another fault is in its way. */
  static Optional<Duration> bound(Facts facts, Rules rules, long t) {
    Bounds bounds = rules.bounds();
    if (faults(facts, t, bounds.revocation()).isEmpty()) {
      boolean healthy = prompt(facts, t, Micros.of(bounds.revocation()));
      return Optional.of(healthy ? bounds.revocation() : bounds.revocationAnyway());
    }
    boolean onlyRedis =
        faults(facts, t, bounds.revocationAnyway()).stream()
            .allMatch(fault -> rules.redisAway().contains(fault.name()));
    return onlyRedis ? Optional.of(bounds.revocationAnyway()) : Optional.empty();
  }

  /** Whether sends of that time were answered soon: else the machine has no time for anything. */
  private static boolean prompt(Facts facts, long t, long around) {
    long[] took =
        facts.sends.values().stream()
            .filter(sent -> sent.acked() && Math.abs(sent.invoked.t() - t) <= around)
            .mapToLong(sent -> sent.ackedAt() - sent.invoked.t())
            .sorted()
            .toArray();
    return took.length == 0 || took[took.length / 2] <= Micros.of(PROMPT);
  }

  private static List<FaultWindow> faults(Facts facts, long t, Duration bound) {
    long settled = Micros.of(SETTLED);
    Interval time = new Interval(t - settled, t + Micros.of(bound));
    return facts.faults.stream().filter(fault -> fault.time().overlaps(time)).toList();
  }
}
