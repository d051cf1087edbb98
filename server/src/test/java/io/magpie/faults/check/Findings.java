package io.magpie.faults.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects violations: counts all, keeps the first few of each invariant. */
final class Findings {
  private static final int KEPT = 20;

  private final Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);
  private final List<Violation> kept = new ArrayList<>();

  void add(Invariant invariant, String what, Object... values) {
    if (counts.merge(invariant, 1, Integer::sum) <= KEPT) {
      kept.add(new Violation(invariant, what.formatted(values)));
    }
  }

  int count(Invariant invariant) {
    return counts.getOrDefault(invariant, 0);
  }

  List<Violation> kept() {
    return List.copyOf(kept);
  }
}
