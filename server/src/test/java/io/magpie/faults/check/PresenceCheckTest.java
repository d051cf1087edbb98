package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.RULES;
import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.good;
import static io.magpie.faults.check.Defects.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import org.junit.jupiter.api.Test;

/** How people were shown. */
class PresenceCheckTest {
  private static Story told(Story story, String client, String state, long version) {
    return story.line(new Line.Presence(story.now(), client, "C", state, version)).pause(1);
  }

  private static Story is(Story story, String state) {
    return story.line(new Line.PresenceIs(story.now(), "C", state)).pause(1);
  }

  /** The user C vanishes, and two devices see it. */
  private static Story vanished(long millisLater) {
    Story story = told(told(good(), "a", "online", 7), "b", "online", 7);
    is(story, "offline").pause(millisLater);
    return told(told(story, "a", "offline", 8).pause(1_000), "b", "offline", 8);
  }

  @Test
  void who_vanished_is_shown_in_time_and_it_is_measured() {
    Story story = vanished(2_000).pause(7_000).finish();
    Verdict verdict = Checker.judge(story.history(), RULES.also(Rules.Proof.PRESENCE));
    assertThat(verdict.valid()).as(verdict.toString()).isTrue();
    Timing.Gone gone = verdict.timing().gone();
    assertThat(gone.seen()).isEqualTo(2);
    assertThat(gone.p50Ms()).isBetween(2_000.0, 2_010.0);
    assertThat(gone.maxMs()).isBetween(3_000.0, 3_010.0);
  }

  @Test
  void nothing_is_asked_while_nobody_can_say_how_somebody_is() {
    Story story = is(told(good(), "a", "online", 7), "online").pause(7_000);
    told(is(story, ""), "a", "offline", 8).pause(7_000);
    assertThat(judge(is(story, "offline").pause(7_000).finish()).valid()).isTrue();
  }

  @Test
  void I10_presence_goes_back() {
    assertBroken(told(told(good(), "a", "online", 7), "a", "away", 6).finish(), Invariant.I10);
  }

  @Test
  void I10_one_version_is_told_in_two_ways() {
    assertBroken(told(told(good(), "a", "online", 7), "a", "away", 7).finish(), Invariant.I10);
  }

  @Test
  void I10_a_ghost() {
    Story story = is(told(good(), "a", "online", 7), "offline").pause(7_000);
    assertBroken(story.finish(), Invariant.I10);
  }

  @Test
  void I10_a_ghost_that_is_gone_too_late() {
    assertBroken(vanished(6_500).pause(7_000).finish(), Invariant.I10);
  }

  @Test
  void I10_a_ghost_in_between() {
    Story story = vanished(2_000).pause(7_000);
    told(told(story, "a", "online", 9), "a", "offline", 10);
    assertBroken(story.finish(), Invariant.I10);
  }

  @Test
  void I10_a_ghost_before_the_return() {
    Story story = is(told(good(), "a", "online", 7), "offline").pause(7_000);
    is(is(story, ""), "online").pause(7_000);
    assertBroken(story.finish(), Invariant.I10);
  }

  @Test
  void I10_who_is_back_is_not_shown() {
    Story story = is(vanished(2_000).pause(7_000), "online").pause(7_000);
    assertBroken(story.finish(), Invariant.I10);
  }
}
