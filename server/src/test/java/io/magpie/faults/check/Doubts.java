package io.magpie.faults.check;

import io.magpie.faults.history.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Why a run proves nothing. */
final class Doubts {
  private Doubts() {}

  static List<String> of(Facts facts, Rules rules, int torn) {
    List<String> doubts = new ArrayList<>();
    long acks = facts.sends.values().stream().filter(Sent::acked).count();
    if (acks < rules.minAcks()) {
      doubts.add("only %d of %d acks".formatted(acks, rules.minAcks()));
    }
    if (rules.proof().contains(Rules.Proof.FAULT_OVER_SEND) && !faultOverSend(facts)) {
      doubts.add("no fault overlaps an open send");
    }
    if (rules.proof().contains(Rules.Proof.RECONNECT)
        && facts.devices.values().stream().noneMatch(device -> device.ups.size() > 1)) {
      doubts.add("no device reconnected");
    }
    if (rules.proof().contains(Rules.Proof.UNKNOWN_OUTCOME) && !unknownOutcome(facts)) {
      doubts.add("no send had an unknown outcome");
    }
    if (rules.proof().contains(Rules.Proof.PRESENCE) && PresenceCheck.seen(facts, rules) == 0) {
      doubts.add("nobody could see that somebody is gone");
    }
    if (rules.proof().contains(Rules.Proof.REVOCATION)) {
      revocations(facts, rules, doubts);
    }
    finalReads(facts, doubts);
    for (FaultWindow fault : facts.faults) {
      if (!fault.tookEffect()) {
        doubts.add("a fault did not take effect: " + fault);
      }
    }
    if (torn > 1) {
      doubts.add(torn + " files end in the middle of a line");
    }
    return doubts;
  }

  private static void revocations(Facts facts, Rules rules, List<String> doubts) {
    Bounds bounds = rules.bounds();
    for (Duration bound : List.of(bounds.revocation(), bounds.revocationAnyway())) {
      if (SessionCheck.judged(facts, rules, bound) == 0) {
        doubts.add("no session was ended that had to be gone within " + bound);
      }
      if (RemovalCheck.judged(facts, rules, bound) == 0) {
        doubts.add("nobody was removed who had to know it within " + bound);
      }
    }
  }

  private static void finalReads(Facts facts, List<String> doubts) {
    if (facts.nodes.isEmpty()) {
      doubts.add("no final read");
      return;
    }
    long without =
        facts.sends.values().stream()
            .map(Sent::conversation)
            .distinct()
            .filter(conversation -> !facts.streams.containsKey(conversation))
            .count();
    if (without > 0) {
      doubts.add("no final read of %d conversations".formatted(without));
    }
  }

  private static boolean faultOverSend(Facts facts) {
    return facts.sends.values().stream()
        .map(sent -> new Interval(sent.invoked.t(), sent.endedAt))
        .anyMatch(open -> facts.faults.stream().anyMatch(fault -> fault.time().overlaps(open)));
  }

  private static boolean unknownOutcome(Facts facts) {
    return facts.tries.stream().anyMatch(one -> one.phase() == Phase.INFO)
        || facts.sends.values().stream().anyMatch(sent -> sent.outcome == Phase.INFO);
  }
}
