package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What devices got: phantoms of I2, doubles of I3, order of I5, strangers of I8. */
final class DeliveryCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    for (Feed feed : facts.feeds()) {
      StoredStream stored = facts.streams.get(feed.stream);
      order(feed, findings);
      for (Line line : feed.lines) {
        if (stored != null && line instanceof Line.Deliver deliver) {
          one(deliver, feed, stored, findings);
        }
      }
    }
    facts.wires.forEach(wire -> pushed(wire, facts, findings));
  }

  private static void order(Feed feed, Findings findings) {
    long last = 0;
    Set<Long> seen = new HashSet<>();
    for (Line line : feed.lines) {
      if (line instanceof Line.Resync resync) {
        last = resync.seq();
        seen.clear();
      } else if (line instanceof Line.Deliver deliver) {
        if (!seen.add(deliver.seq())) {
          findings.add(Invariant.I3, "%s applied %d twice", feed, deliver.seq());
        } else if (deliver.seq() <= last) {
          findings.add(Invariant.I5, "%s applied %d after %d", feed, deliver.seq(), last);
        }
        last = Math.max(last, deliver.seq());
      }
    }
  }

  private static void one(Line.Deliver line, Feed feed, StoredStream stored, Findings findings) {
    Stored row = stored.events.get(line.seq());
    if (row == null) {
      findings.add(Invariant.I2, "%s got %d, which is not stored", feed, line.seq());
      return;
    }
    if (!row.kind().equals(line.kind())
        || differ(row.clientId(), line.clientId())
        || differ(row.hash(), line.hash())) {
      findings.add(Invariant.I2, "%s got another %d than the one that is stored", feed, line.seq());
    }
    if (!stored.mayRead(feed.device.user(), line.seq())) {
      findings.add(
          Invariant.I8,
          "%s got %d outside of the memberships %s",
          feed,
          line.seq(),
          stored.memberships(feed.device.user()));
    }
  }

  /** A message that was recalled meanwhile has lost its content. */
  private static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  /** The server promises to push in order; that a client mends it is no excuse. */
  private static void pushed(Line.Wire wire, Facts facts, Findings findings) {
    StoredStream stored = facts.streams.get(wire.stream());
    if (stored == null) {
      return;
    }
    String user = facts.devices.get(wire.client()).user();
    if (wire.what().equals("first") && !stored.mayRead(user, wire.seq())) {
      findings.add(
          Invariant.I8,
          "%s was pushed %d of %s, outside of the memberships %s",
          wire.client(),
          wire.seq(),
          wire.stream(),
          stored.memberships(user));
    }
    if (!wire.what().equals("gap")) {
      return;
    }
    List<Long> left =
        stored.events.subMap(wire.last(), false, wire.seq(), false).keySet().stream()
            .filter(seq -> stored.mayRead(user, seq))
            .toList();
    if (!left.isEmpty()) {
      findings.add(
          Invariant.I5,
          "%s was pushed %d of %s after %d, without %s",
          wire.client(),
          wire.seq(),
          wire.stream(),
          wire.last(),
          left);
    }
  }
}
