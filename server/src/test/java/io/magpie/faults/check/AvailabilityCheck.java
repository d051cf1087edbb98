package io.magpie.faults.check;

import java.time.Duration;

/** The share of sends that succeed while something is broken, and after: I19. */
final class AvailabilityCheck implements Check {
  private static final Duration SETTLED = Duration.ofSeconds(5);

  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    for (FaultWindow fault : facts.faults) {
      long from = fault.time().from() + Micros.of(SETTLED);
      share(new Interval(from, fault.time().to()), rules.during(), "under " + fault, facts, rules)
          .into(findings);
    }
    Interval afterwards = new Interval(facts.healedAt(), Long.MAX_VALUE);
    share(afterwards, rules.after(), "after the last fault", facts, rules).into(findings);
  }

  private record Share(int good, int all, double needed, String when) {
    void into(Findings findings) {
      if (all > 0 && good < needed * all) {
        findings.add(Invariant.I19, "%d of %d sends succeeded %s", good, all, when);
      }
    }
  }

  private static Share share(Interval time, double needed, String when, Facts facts, Rules rules) {
    int good = 0;
    int all = 0;
    for (Sent sent : facts.sends.values()) {
      if (time.contains(sent.invoked.t()) && !rightlyRefused(sent)) {
        all++;
        if (sent.acked()
            && sent.ackedAt() - sent.invoked.t() <= Micros.of(rules.bounds().patience())) {
          good++;
        }
      }
    }
    return new Share(good, all, needed, when);
  }

  /** Somebody who is no member any more is refused by a server in good health. */
  private static boolean rightlyRefused(Sent sent) {
    return sent.refusal().equals("not_found") || sent.refusal().equals("forbidden");
  }
}
