package io.magpie.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.History;
import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import org.junit.jupiter.api.Test;

/** Runs in which nothing went wrong and nothing was proved. */
class DoubtsTest {
  private static void assertUnknown(Story story, Rules rules, String doubt) {
    Verdict verdict = Checker.judge(story.history(), rules);
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Verdict.Outcome.UNKNOWN);
    assertThat(verdict.doubts()).singleElement().asString().contains(doubt);
  }

  @Test
  void too_few_acks() {
    assertUnknown(Defects.good().finish(), Defects.RULES.minAcks(100), "only 8 of 100 acks");
  }

  @Test
  void no_fault_overlaps_an_open_send() {
    Story story = Defects.good().finish();
    story.without(line -> line instanceof Line.Fault).fault("F01", () -> {});
    assertUnknown(story, Defects.RULES, "no fault overlaps an open send");
  }

  @Test
  void no_reconnect() {
    Story story = Defects.good().finish();
    story.without(
        line ->
            line instanceof Line.Link link
                && (link.state().equals("down") || link.connection().equals("b#2")));
    assertUnknown(story, Defects.RULES, "no device reconnected");
  }

  @Test
  void no_unknown_outcome() {
    Story story = Defects.good().finish();
    story.without(line -> line instanceof Line.Try one && one.phase() == Phase.INFO);
    assertUnknown(story, Defects.RULES, "no send had an unknown outcome");
  }

  @Test
  void no_final_read() {
    assertUnknown(Defects.good(), Defects.RULES, "no final read");
  }

  @Test
  void no_final_read_of_one_conversation() {
    Story story = Defects.good().finish();
    story.without(line -> line instanceof Line.Final page && page.stream().equals("h"));
    assertUnknown(story, Defects.RULES, "no final read of 1 conversations");
  }

  @Test
  void a_fault_that_did_nothing() {
    Story story = Defects.good().finish();
    story.change(
        line ->
            line instanceof Line.Fault fault && fault.phase() == Phase.OK
                ? new Line.Fault(fault.t(), Phase.FAIL, fault.id(), fault.name(), "0 bytes")
                : line);
    assertUnknown(story, Defects.RULES, "did not take effect: F01-1  (0 bytes)");
  }

  @Test
  void a_fault_that_was_never_healed() {
    Story story = Defects.good().finish();
    story.without(line -> line instanceof Line.Fault fault && fault.phase() == Phase.OK);
    assertUnknown(story, Defects.RULES, "it was never ended");
  }

  @Test
  void a_case_says_what_it_has_to_prove() {
    Story story = Defects.good().finish();
    story.without(line -> line instanceof Line.Try one && one.phase() == Phase.INFO);
    Rules rules = Defects.RULES.proving(Rules.Proof.FAULT_OVER_SEND, Rules.Proof.RECONNECT);
    assertThat(Checker.judge(story.history(), rules).valid()).isTrue();
  }

  @Test
  void one_torn_line_is_what_a_killed_writer_leaves() {
    History whole = Defects.good().finish().history();
    assertThat(Checker.judge(new History(whole.lines(), 1), Defects.RULES).valid()).isTrue();
    assertThat(Checker.judge(new History(whole.lines(), 2), Defects.RULES).outcome())
        .isEqualTo(Verdict.Outcome.UNKNOWN);
  }

  @Test
  void nobody_vanished() {
    assertUnknown(
        Defects.good().finish(),
        Defects.RULES.also(Rules.Proof.PRESENCE),
        "nobody could see that somebody is gone");
  }

  @Test
  void nobody_lost_a_right() {
    Verdict verdict =
        Checker.judge(
            Defects.good().finish().history(), Defects.RULES.also(Rules.Proof.REVOCATION));
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNKNOWN);
    assertThat(verdict.doubts()).hasSize(4).anyMatch(doubt -> doubt.contains("PT1S"));
  }
}
