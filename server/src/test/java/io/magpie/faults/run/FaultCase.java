package io.magpie.faults.run;

import io.magpie.faults.check.Rules;

/**
 * One case of the suite.
 *
 * @param id as {@code F08}
 * @param title what is done, for the report
 * @param rules what must hold, and what must have happened for the run to prove it
 */
public record FaultCase(
    String id, String title, LoadPlan plan, Surroundings surroundings, Rules rules, Harm harm) {
  /** Does it, for about as long as the scene says, and sees that it took effect. */
  public interface Harm {
    void inflict(Scene scene);
  }

  /** A case with the usual load on the usual cluster. */
  public static FaultCase of(String id, String title, Harm harm) {
    return new FaultCase(id, title, LoadPlan.BASE, Surroundings.USUAL, Rules.all(), harm);
  }

  public FaultCase with(LoadPlan other) {
    return new FaultCase(id, title, other, surroundings, rules, harm);
  }

  public FaultCase in(Surroundings other) {
    return new FaultCase(id, title, plan, other, rules, harm);
  }

  public FaultCase by(Rules other) {
    return new FaultCase(id, title, plan, surroundings, other, harm);
  }

  /** A name for its files. */
  String directory() {
    return id.replace(' ', '-');
  }

  @Override
  public String toString() {
    return id + " " + title;
  }
}
