package io.magpie.faults.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a history tells.
 *
 * @param violations the first of each invariant
 * @param doubts why it proves nothing
 */
public record Verdict(
    Outcome outcome,
    List<Violation> violations,
    List<String> doubts,
    Counts counts,
    Timing timing) {

  /** {@code UNKNOWN}: nothing contradicts the promises, and nothing was proved. */
  public enum Outcome {
    VALID,
    INVALID,
    UNKNOWN
  }

  public boolean valid() {
    return outcome == Outcome.VALID;
  }

  /** The invariants that do not hold. */
  public Set<Invariant> broken() {
    return violations.stream()
        .map(Violation::invariant)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(outcome.name()).append(' ').append(counts);
    violations.forEach(violation -> text.append("\n  ").append(violation));
    doubts.forEach(doubt -> text.append("\n  proves nothing: ").append(doubt));
    return text.toString();
  }
}
