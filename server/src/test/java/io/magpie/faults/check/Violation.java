package io.magpie.faults.check;

/** An invariant that a history contradicts, and how. */
public record Violation(Invariant invariant, String what) {
  @Override
  public String toString() {
    return invariant + " (" + invariant.promise() + "): " + what;
  }
}
