package io.magpie.faults.check;

/** Looks for what contradicts one or a few invariants. */
interface Check {
  void look(Facts facts, Rules rules, Findings findings);
}
