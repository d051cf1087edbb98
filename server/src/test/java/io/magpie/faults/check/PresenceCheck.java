package io.magpie.faults.check;

import io.magpie.faults.check.Watch.Truth;
import io.magpie.faults.history.Line;
import java.util.List;
import java.util.Map;

/** What devices were told of others, against how these were: I10. */
final class PresenceCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    Map<String, List<Truth>> truths = Watch.truths(facts, rules.bounds().presence());
    for (Watch watch : Watch.all(facts)) {
      versions(watch, findings);
      for (Truth truth : truths.getOrDefault(watch.about(), List.of())) {
        converged(watch, truth, findings);
      }
    }
  }

  /** How many could be told that somebody is gone. */
  static long seen(Facts facts, Rules rules) {
    Map<String, List<Truth>> truths = Watch.truths(facts, rules.bounds().presence());
    return Watch.all(facts).stream()
        .flatMap(
            watch ->
                truths.getOrDefault(watch.about(), List.of()).stream()
                    .filter(truth -> truth.gone() && watch.sees(truth)))
        .count();
  }

  private static void versions(Watch watch, Findings findings) {
    Line.Presence last = watch.told().get(0);
    for (Line.Presence line : watch.told()) {
      boolean twice = line.version() == last.version() && !line.state().equals(last.state());
      if (line.version() < last.version() || twice) {
        findings.add(
            Invariant.I10,
            "%s was told version %d (%s) of %s after %d (%s)",
            line.client(),
            line.version(),
            line.state(),
            line.about(),
            last.version(),
            last.state());
      }
      last = line.version() > last.version() ? line : last;
    }
  }

  /** When it is due a device knows what is right, and is told nothing else as long as it is. */
  private static void converged(Watch watch, Truth truth, Findings findings) {
    String known = watch.stateAt(truth.due());
    if (watch.sees(truth) && !known.equals(truth.state())) {
      wrong(watch, known, truth, findings);
    }
    watch.told().stream()
        .filter(line -> line.t() > truth.due() && line.t() < truth.until())
        .filter(line -> !line.state().equals(truth.state()))
        .forEach(line -> wrong(watch, line.state(), truth, findings));
  }

  private static void wrong(Watch watch, String state, Truth truth, Findings findings) {
    findings.add(
        Invariant.I10,
        "%s was told that %s is %s, who was %s",
        watch.device().client(),
        watch.about(),
        state.isEmpty() ? "nothing" : state,
        truth.state());
  }
}
