package io.magpie.faults.check;

import java.util.OptionalLong;

/** What devices should have and when: I7, the silence of I11, holes of I5. */
final class ConvergenceCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    for (DeviceLog device : facts.devices.values()) {
      if (device.onlineAt(facts.finalAt())) {
        device.feeds.values().forEach(feed -> feed(feed, facts, rules, findings));
        memberships(device, facts, findings);
      }
    }
  }

  private static void feed(Feed feed, Facts facts, Rules rules, Findings findings) {
    StoredStream stored = facts.streams.get(feed.stream);
    if (stored == null) {
      return;
    }
    for (long seq : feed.required(stored)) {
      OptionalLong applied = feed.appliedAt(seq);
      if (applied.isEmpty()) {
        missing(feed, seq, findings);
      } else {
        late(feed, seq, applied.getAsLong(), stored, facts, rules, findings);
      }
    }
  }

  private static void missing(Feed feed, long seq, Findings findings) {
    if (!feed.hasAfter(seq)) {
      findings.add(Invariant.I7, "%s never got %d", feed, seq);
    } else if (feed.device.reconnectedIn(feed.around(seq))) {
      findings.add(Invariant.I11, "%s skipped %d over a reconnect in silence", feed, seq);
    } else {
      findings.add(Invariant.I5, "%s has a hole at %d", feed, seq);
    }
  }

  private static void late(
      Feed feed,
      long seq,
      long applied,
      StoredStream stored,
      Facts facts,
      Rules rules,
      Findings findings) {
    Sent sent = facts.sends.get(stored.events.get(seq).clientId());
    if (sent == null || !sent.acked() || facts.faults.isEmpty()) {
      return;
    }
    long could = Math.max(facts.healedAt(), feed.device.returnedBefore(applied));
    long due = Math.max(sent.ackedAt(), could);
    if (applied - due > Micros.of(rules.bounds().convergence())) {
      findings.add(Invariant.I7, "%s got %d only %d ms later", feed, seq, (applied - due) / 1_000);
    }
  }

  /** Who is a member at the end and online must know of it. */
  private static void memberships(DeviceLog device, Facts facts, Findings findings) {
    for (StoredStream stored : facts.streams.values()) {
      for (Interval membership : stored.memberships(device.user())) {
        if (membership.to() == Long.MAX_VALUE && !device.feed(stored.id).knows(membership)) {
          findings.add(
              Invariant.I7,
              "%s never learned of the membership from %d of %s",
              device.client(),
              membership.from(),
              stored.id);
        }
      }
    }
  }
}
