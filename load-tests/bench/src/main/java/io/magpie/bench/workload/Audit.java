package io.magpie.bench.workload;

import io.magpie.bench.load.Answers;
import java.util.BitSet;

/**
 * What people were told about their messages against what is stored. The history is handed in
 * conversation by conversation.
 */
final class Audit {
  private final Answers answers;
  private final BitSet stored = new BitSet();
  private int twice;

  Audit(Answers answers) {
    this.answers = answers;
  }

  /** Messages that somebody read in the history. */
  void stored(Iterable<Integer> ids) {
    for (int id : ids) {
      twice += stored.get(id) ? 1 : 0;
      stored.set(id);
    }
  }

  /** Promised to be kept and not there. */
  int lost() {
    BitSet lost = (BitSet) answers.acked().clone();
    lost.andNot(stored);
    return lost.cardinality();
  }

  /** Refused and there nevertheless: whoever sends them again under another id has them twice. */
  int refusedAndStored() {
    BitSet both = (BitSet) answers.refused().clone();
    both.and(stored);
    return both.cardinality();
  }

  /** There more than once. */
  int twice() {
    return twice;
  }
}
