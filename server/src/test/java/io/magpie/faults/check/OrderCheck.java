package io.magpie.faults.check;

import io.magpie.faults.history.Line.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers against time: the real-time order of I5, the sender's order of I6. */
final class OrderCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    Map<String, Map<String, Long>> numbers = new HashMap<>();
    for (StoredStream stream : facts.streams.values()) {
      Map<String, Long> here = numbers.computeIfAbsent(stream.id, id -> new HashMap<>());
      List<Sent> inOrder = new ArrayList<>();
      for (Stored event : stream.events.values()) {
        Sent sent = facts.sends.get(event.clientId());
        if (sent != null && here.putIfAbsent(event.clientId(), event.seq()) == null) {
          inOrder.add(sent);
        }
      }
      realTime(inOrder, here, findings);
    }
    senders(facts, numbers, findings);
  }

  /** No message with a smaller number may have been begun after one with a larger was acked. */
  private static void realTime(List<Sent> inOrder, Map<String, Long> numbers, Findings findings) {
    Sent latest = null;
    for (Sent sent : inOrder) {
      if (latest != null && sent.acked() && latest.invoked.t() > sent.ackedAt()) {
        findings.add(
            Invariant.I5,
            "%s with number %d was sent after the ack of %s with number %d",
            latest,
            numbers.get(latest.id()),
            sent,
            numbers.get(sent.id()));
      }
      if (latest == null || sent.invoked.t() > latest.invoked.t()) {
        latest = sent;
      }
    }
  }

  private static void senders(
      Facts facts, Map<String, Map<String, Long>> numbers, Findings findings) {
    Map<String, Sent> last = new HashMap<>();
    for (Sent sent : facts.sends.values()) {
      Map<String, Long> here = numbers.getOrDefault(sent.conversation(), Map.of());
      Long number = here.get(sent.id());
      if (number == null) {
        continue;
      }
      Sent before = last.put(sent.invoked.client() + " " + sent.conversation(), sent);
      if (before != null && here.get(before.id()) > number) {
        findings.add(
            Invariant.I6,
            "%s has number %d and what was sent before, %s, number %d",
            sent,
            number,
            before.id(),
            here.get(before.id()));
      }
    }
  }
}
