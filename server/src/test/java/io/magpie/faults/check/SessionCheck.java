package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sessions that were ended: I9. */
final class SessionCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    Map<String, Long> until = new HashMap<>();
    for (Line.Revoke revoke : facts.revokes) {
      if (revoke.phase() == Phase.OK) {
        until.put(revoke.session(), revoke.t() + Micros.of(bound(facts, rules, revoke)));
      }
    }
    Map<String, Long> connections = new HashMap<>();
    for (DeviceLog device : facts.devices.values()) {
      for (DeviceLog.Up up : device.ups) {
        Long end = until.get(up.session());
        if (end == null) {
          continue;
        }
        connections.put(up.connection(), end);
        if (up.time().to() > end) {
          findings.add(
              Invariant.I9, "%s stayed connected after its session was ended", device.client());
        }
      }
    }
    for (Line.Try one : facts.tries) {
      if (one.phase() == Phase.OK
          && one.t() - one.micros() > connections.getOrDefault(one.connection(), Long.MAX_VALUE)) {
        findings.add(Invariant.I9, "%s sent after its session was ended", one.client());
      }
    }
  }

  /** How many sessions of connected devices were ended that must have been gone by that bound. */
  static long judged(Facts facts, Rules rules, Duration bound) {
    return facts.revokes.stream()
        .filter(revoke -> revoke.phase() == Phase.OK && bound(facts, rules, revoke).equals(bound))
        .filter(
            revoke ->
                facts.devices.values().stream()
                    .flatMap(device -> device.ups.stream())
                    .anyMatch(up -> up.session().equals(revoke.session())))
        .count();
  }

  private static Duration bound(Facts facts, Rules rules, Line.Revoke revoke) {
    return Revocations.bound(facts, rules, revoke.t()).orElse(rules.bounds().revocationAnyway());
  }
}
