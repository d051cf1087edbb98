package io.magpie.faults.check;

import io.magpie.faults.history.History;
import java.util.List;

/** Judges histories. */
public final class Checker {
  private static final List<Check> CHECKS =
      List.of(
          new StoredCheck(),
          new DeliveryCheck(),
          new OrderCheck(),
          new ConvergenceCheck(),
          new NodesCheck(),
          new SessionCheck(),
          new RemovalCheck(),
          new PresenceCheck(),
          new CursorCheck(),
          new HonestyCheck(),
          new AvailabilityCheck());

  private Checker() {}

  /** Invalid beats unknown: a broken promise is one, however little happened. */
  public static Verdict judge(History history, Rules rules) {
    Facts facts = new Facts(history);
    Findings findings = new Findings();
    CHECKS.forEach(check -> check.look(facts, rules, findings));
    List<String> doubts = Doubts.of(facts, rules, history.torn());
    Verdict.Outcome outcome =
        !findings.kept().isEmpty()
            ? Verdict.Outcome.INVALID
            : doubts.isEmpty() ? Verdict.Outcome.VALID : Verdict.Outcome.UNKNOWN;
    return new Verdict(
        outcome, findings.kept(), doubts, Counts.of(facts, findings), Timing.of(facts, rules));
  }
}
