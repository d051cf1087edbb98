package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import java.util.Map;

/** Every node tells the same: I12, and one order on all of them of I5. */
final class NodesCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    for (Map.Entry<String, Map<String, StoredStream>> node : facts.nodes.entrySet()) {
      for (StoredStream whole : facts.streams.values()) {
        StoredStream here = node.getValue().get(whole.id);
        if (here == null) {
          findings.add(Invariant.I12, "%s tells nothing of %s", node.getKey(), whole.id);
        } else if (here != whole) {
          compare(node.getKey(), here, whole, facts, findings);
        }
      }
    }
    facts.reads.forEach(read -> ownWrites(read, findings));
  }

  private static void compare(
      String node, StoredStream here, StoredStream whole, Facts facts, Findings findings) {
    for (Stored event : whole.events.values()) {
      Stored same = here.events.get(event.seq());
      if (same == null && !later(event, facts)) {
        findings.add(
            Invariant.I12, "%s lacks %d of %s that others have", node, event.seq(), whole.id);
      } else if (same != null && !same.equals(event)) {
        findings.add(
            Invariant.I5, "%s has another %d of %s than others", node, event.seq(), whole.id);
      }
    }
  }

  /** A send that was still open when the nodes were read may be stored on the second one only. */
  private static boolean later(Stored event, Facts facts) {
    Sent sent = facts.sends.get(event.clientId());
    return sent != null && (!sent.acked() || sent.ackedAt() > facts.finalAt());
  }

  private static void ownWrites(Line.Read read, Findings findings) {
    if (!read.found()) {
      findings.add(
          Invariant.I12,
          "%s did not find message %d of %s after its ack",
          read.node(),
          read.seq(),
          read.conversation());
    }
  }
}
