package io.magpie.faults.check;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.util.ArrayList;
import java.util.List;

/** A send, from its invocation to what became of it. */
final class Sent {
  final Line.Send invoked;
  final List<Line.Send> acks = new ArrayList<>();
  Phase outcome = Phase.INFO;
  long endedAt = Long.MAX_VALUE;
  private String refusal = "";

  Sent(Line.Send invoked) {
    this.invoked = invoked;
  }

  void ended(Line.Send line) {
    if (line.phase() == Phase.OK) {
      acks.add(line);
    }
    if (outcome == Phase.INFO) {
      outcome = line.phase();
      endedAt = line.t();
      refusal = line.code();
    }
  }

  /** The code with which it ended; empty for an ack. */
  String refusal() {
    return refusal;
  }

  String id() {
    return invoked.clientId();
  }

  String conversation() {
    return invoked.conversation();
  }

  boolean acked() {
    return !acks.isEmpty();
  }

  /** Of the first ack. */
  long seq() {
    return acks.get(0).seq();
  }

  /** Of the first ack. */
  long ackedAt() {
    return acks.get(0).t();
  }

  @Override
  public String toString() {
    return "message %s of %s in %s".formatted(id(), invoked.client(), conversation());
  }
}
