package io.magpie.faults.check;

import io.magpie.faults.history.Line.Stored;
import io.magpie.faults.history.Phase;
import java.util.HashMap;
import java.util.Map;

/** What is stored at the end: I1, I2, I4 and the numbers of I5. */
final class StoredCheck implements Check {
  @Override
  public void look(Facts facts, Rules rules, Findings findings) {
    facts.sends.values().forEach(sent -> acks(sent, facts, findings));
    Map<String, String> rows = new HashMap<>();
    facts.streams.values().forEach(stream -> numbers(stream, findings));
    facts.streams.values().forEach(stream -> messages(stream, rows, facts, findings));
  }

  private static void acks(Sent sent, Facts facts, Findings findings) {
    if (!sent.acked()) {
      return;
    }
    if (sent.acks.stream().anyMatch(ack -> ack.seq() != sent.seq())) {
      findings.add(Invariant.I4, "%s was acknowledged with several numbers", sent);
    }
    StoredStream stream = facts.streams.get(sent.conversation());
    if (stream == null) {
      return;
    }
    Stored row = stream.events.get(sent.seq());
    if (row == null || !row.clientId().equals(sent.id())) {
      boolean elsewhere =
          stream.events.values().stream().anyMatch(other -> other.clientId().equals(sent.id()));
      findings.add(
          elsewhere ? Invariant.I4 : Invariant.I1,
          "%s was acknowledged as %d, %s",
          sent,
          sent.seq(),
          elsewhere ? "and is stored with another number" : "and is not stored");
    }
  }

  private static void numbers(StoredStream stream, Findings findings) {
    long expected = 1;
    for (long seq : stream.events.keySet()) {
      if (seq != expected) {
        findings.add(Invariant.I5, "stream %s has no %d before %d", stream.id, expected, seq);
      }
      expected = seq + 1;
    }
    if (expected <= stream.head()) {
      findings.add(
          Invariant.I5,
          "stream %s ends with %d below its head %d",
          stream.id,
          expected - 1,
          stream.head());
    }
  }

  private static void messages(
      StoredStream stream, Map<String, String> rows, Facts facts, Findings findings) {
    for (Stored event : stream.events.values()) {
      if (!event.kind().equals("message.sent")) {
        continue;
      }
      String here = stream.id + " " + event.seq();
      String other = rows.put(event.by() + " " + event.clientId(), here);
      if (other != null && !event.clientId().isEmpty()) {
        findings.add(
            Invariant.I4, "message %s is stored twice: %s, %s", event.clientId(), other, here);
      }
      origin(event, here, facts, findings);
    }
  }

  private static void origin(Stored event, String here, Facts facts, Findings findings) {
    Sent sent = facts.sends.get(event.clientId());
    if (sent == null) {
      findings.add(Invariant.I2, "nobody sent %s, stored as %s", event.clientId(), here);
    } else if (sent.outcome == Phase.FAIL) {
      findings.add(Invariant.I2, "%s was refused and is stored as %s", sent, here);
    } else if (!here.startsWith(sent.conversation() + " ")) {
      findings.add(Invariant.I2, "%s is stored elsewhere, as %s", sent, here);
    } else if (!event.hash().isEmpty() && !event.hash().equals(sent.invoked.hash())) {
      findings.add(Invariant.I2, "%s is stored with another content as %s", sent, here);
    }
  }
}
