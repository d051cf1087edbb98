package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.time.Duration;
import java.util.List;

/** Answers in time, and none that cannot be true: I13. */
final class HonestyCheck implements Check {
  /** What was under way when the database went may still be answered. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    List<FaultWindow> away =
        facts.faults.stream().filter(f -> rules.databaseAway().contains(f.name())).toList();
    for (Line.Try one : facts.tries) {
      Interval time = new Interval(one.t() - one.micros(), one.t());
      for (FaultWindow fault : away) {
        if (time.overlaps(fault.time()) && one.micros() > Micros.of(rules.bounds().honest())) {
          findings.add(
              Invariant.I13,
              "%s waited %d ms for %s (%s)",
              one.client(),
              one.micros() / 1_000,
              one.clientId(),
              fault);
        }
        Interval firm = fault.firm(Micros.of(UNDER_WAY));
        if (one.phase() == Phase.OK && firm.contains(time.from()) && firm.contains(time.to())) {
          findings.add(
              Invariant.I13, "%s got an ack of %s under %s", one.client(), one.clientId(), fault);
        }
      }
    }
  }
}
