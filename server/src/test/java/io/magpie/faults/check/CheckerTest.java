package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.RULES;
import static io.magpie.faults.check.Defects.delivery;
import static io.magpie.faults.check.Defects.good;
import static io.magpie.faults.check.Defects.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Good histories, which the checker must take for good. */
class CheckerTest {
  @Test
  void a_good_history_is_valid_and_counted() {
    Verdict verdict = judge(good().finish());
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Verdict.Outcome.VALID);
    assertThat(verdict.counts()).isEqualTo(new Counts(8, 8, 0, 0, 0, 0, 0, 0, 0, 22, 1, 1));
    assertThat(verdict.timing().maxMs()).isBetween(1.0, 10.0);
    assertThat(verdict.timing().worst()).hasSize(8);
    assertThat(verdict.timing().healedMs()).hasValue(0);
  }

  @Test
  void a_send_without_an_answer_may_be_stored_or_not() {
    Story story = good();
    story.invoke("a", "g", "m9").unknown("a", "g", "m9");
    story.invoke("b", "g", "m10").unknown("b", "g", "m10");
    long seq = story.store("g", "message.sent", "m9", "hash of m9", List.of());
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    Verdict verdict = Checker.judge(story.finish().history(), RULES.available(0, 0));
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
    assertThat(verdict.counts().unknown()).isEqualTo(2);
    assertThat(verdict.counts().recovered()).isEqualTo(1);
  }

  @Test
  void who_leaves_and_comes_back_gets_what_lies_inside_only() {
    Story story = good().remove("g", "C").say("a", "g", "m9").add("g", "C").say("a", "g", "m10");
    story.down("c").say("b", "g", "m11").up("c");
    Verdict verdict = judge(story.finish());
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void who_is_removed_while_offline_does_not_get_the_rest() {
    Story story = good().down("c").say("a", "g", "m9").remove("g", "C").say("a", "g", "m10");
    story.without(delivery("c", "g", 8).or(delivery("c", "g", 9))).up("c");
    Verdict verdict = judge(story.add("g", "C").say("b", "g", "m11").finish());
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void who_was_told_to_begin_anew_may_miss_what_came_before() {
    Story story = good().down("c").say("a", "g", "m9").say("a", "g", "m10");
    story.without(delivery("c", "g", 8).or(delivery("c", "g", 9)));
    story.up("c").line(new Line.Resync(story.now() + 1, "c", "g", 9, "retention"));
    story.pause(1).say("b", "g", "m11");
    Verdict verdict = judge(story.finish());
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void who_is_offline_at_the_end_may_miss_something() {
    Story story = good().down("c").say("a", "g", "m9").without(delivery("c", "g", 8));
    Verdict verdict = judge(story.finish());
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void events_pushed_twice_are_counted_and_allowed() {
    Story story = good();
    story.line(new Line.Wire(story.now(), "a", "a#1", "g", 2, 3, "duplicate"));
    Verdict verdict = judge(story.finish());
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
    assertThat(verdict.counts().wireDuplicates()).isEqualTo(1);
  }
}
