package io.magpie.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import io.magpie.faults.history.Phase;
import java.util.List;
import java.util.function.Predicate;

/**
 * One good history; the tests give it one defect each, and the checker must name what is broken.
 */
final class Defects {
  static final Rules RULES = Rules.all().minAcks(6);

  private Defects() {}

  /** Three people, a fault, a reconnect, a send that nobody answered; everything is well. */
  static Story good() {
    Story story = new Story().device("a", "A").device("b", "B").device("c", "C");
    story.group("g", "A", "B", "C").group("h", "A", "B");
    story.say("a", "g", "m1").say("b", "g", "m2").say("a", "h", "m3");
    story.fault("F01", () -> throughTheFault(story));
    story.say("c", "g", "m6").say("b", "h", "m7").say("a", "g", "m8");
    return story;
  }

  private static void throughTheFault(Story story) {
    story.invoke("b", "g", "m4").tried("b", "m4", Phase.INFO, 5).down("b").up("b");
    long seq = story.store("g", "message.sent", "m4", "hash of m4", List.of());
    story.ack("b", "g", "m4", seq);
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    story.say("c", "g", "m5");
  }

  static Verdict judge(Story story) {
    return Checker.judge(story.history(), RULES);
  }

  static void assertBroken(Story story, Invariant... expected) {
    Verdict verdict = judge(story);
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Verdict.Outcome.INVALID);
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(expected);
  }

  static Predicate<Line> delivery(String client, String stream, long seq) {
    return line ->
        line instanceof Line.Deliver deliver
            && deliver.client().equals(client)
            && deliver.stream().equals(stream)
            && deliver.seq() == seq;
  }

  static Stored at(long seq, Stored event) {
    return new Stored(seq, event.kind(), event.by(), event.clientId(), event.hash(), event.users());
  }
}
