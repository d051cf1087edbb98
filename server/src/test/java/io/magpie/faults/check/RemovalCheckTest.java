package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.RULES;
import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.delivery;
import static io.magpie.faults.check.Defects.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members who were removed, and when their devices knew it. */
class RemovalCheckTest {
  private static final long SEQ = 8;

  /** The user C is removed from g, which the device learns that much later. */
  private static void removed(Story story, long millis) {
    story.pause(2_000).remove("g", "C").without(delivery("c", "g", SEQ));
    story.line(new Line.Remove(story.now(), "C", "g", SEQ));
    story.pause(millis).deliver("c", "g", SEQ).pause(6_000);
  }

  private static Verdict underFault(long millis, Rules rules) {
    Story story = good().pause(10_000);
    story.fault("F38", () -> removed(story, millis));
    return Checker.judge(story.finish().history(), rules);
  }

  @Test
  void who_learns_it_in_time_is_well() {
    Story story = good().pause(10_000);
    removed(story, 900);
    Verdict verdict = Checker.judge(story.finish().history(), RULES);
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void I9_a_device_learns_it_late_though_nothing_is_wrong() {
    Story story = good().pause(10_000);
    removed(story, 1_100);
    assertBroken(story.finish(), Invariant.I9);
  }

  @Test
  void I9_it_may_take_longer_without_Redis_but_not_for_ever() {
    Rules rules = RULES.redisAway("F38");
    assertThat(underFault(4_000, rules).valid()).isTrue();
    assertThat(underFault(5_100, rules).broken()).containsExactly(Invariant.I9);
  }

  @Test
  void nothing_is_asked_under_other_faults() {
    Verdict verdict = underFault(5_100, RULES);
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
  }

  @Test
  void an_answer_that_names_no_removal_says_nothing() {
    Story story = good().pause(10_000);
    story.line(new Line.Remove(story.now(), "C", "g", 3)).pause(6_000);
    assertThat(Checker.judge(story.finish().history(), RULES).violations()).isEqualTo(List.of());
  }
}
