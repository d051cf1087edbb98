package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What devices were told of others, against the last change of each: I10. */
final class PresenceCheck implements Check {
  private record Watch(String client, String about) {}

  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    Map<String, Line.PresenceIs> truths = new HashMap<>();
    facts.presenceTruths.forEach(truth -> truths.put(truth.about(), truth));
    Map<Watch, List<Line.Presence>> told = new HashMap<>();
    for (Line.Presence line : facts.presences) {
      told.computeIfAbsent(new Watch(line.client(), line.about()), none -> new ArrayList<>())
          .add(line);
    }
    told.forEach(
        (watch, lines) -> {
          versions(watch, lines, findings);
          if (truths.containsKey(watch.about())) {
            long due = truths.get(watch.about()).t() + Micros.of(rules.bounds().presence());
            converged(facts.devices.get(watch.client()), lines, truths, due, findings);
          }
        });
  }

  private static void versions(Watch watch, List<Line.Presence> lines, Findings findings) {
    long last = 0;
    for (Line.Presence line : lines) {
      if (line.version() < last) {
        findings.add(
            Invariant.I10,
            "%s was told version %d of %s after %d",
            watch.client(),
            line.version(),
            watch.about(),
            last);
      }
      last = Math.max(last, line.version());
    }
  }

  /** From {@code due} on a device knows what is right; one that connects later from its welcome. */
  private static void converged(
      DeviceLog device,
      List<Line.Presence> lines,
      Map<String, Line.PresenceIs> truths,
      long due,
      Findings findings) {
    Line.PresenceIs truth = truths.get(lines.get(0).about());
    boolean online = device != null && device.onlineThroughout(new Interval(truth.t(), due));
    Line.Presence known = lines.get(0);
    for (Line.Presence line : lines) {
      if (line.t() > due && !line.state().equals(truth.state())) {
        wrong(line, truth, findings);
      }
      if (line.t() <= due) {
        known = line;
      }
    }
    if (online && !known.state().equals(truth.state())) {
      wrong(known, truth, findings);
    }
  }

  private static void wrong(Line.Presence line, Line.PresenceIs truth, Findings findings) {
    findings.add(
        Invariant.I10,
        "%s was told that %s is %s, which is %s",
        line.client(),
        line.about(),
        line.state(),
        truth.state());
  }
}
