package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.delivery;
import static io.magpie.faults.check.Defects.good;
import static io.magpie.faults.check.Defects.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import org.junit.jupiter.api.Test;

/** What devices should have got. */
class ConvergenceCheckTest {
  @Test
  void I5_who_is_removed_while_online_gets_everything_before() {
    Story story = good().say("a", "g", "m9").remove("g", "C").add("g", "C").finish();
    story.without(delivery("c", "g", 8).or(delivery("c", "g", 9)));
    assertBroken(story, Invariant.I5);
  }

  @Test
  void I5_a_hole_on_one_device() {
    assertBroken(good().finish().without(delivery("a", "g", 4)), Invariant.I5);
  }

  @Test
  void I7_the_last_message_never_reaches_somebody() {
    assertBroken(good().finish().without(delivery("b", "g", 7)), Invariant.I7);
  }

  @Test
  void I7_something_comes_much_too_late() {
    Story story = good();
    story.without(delivery("b", "g", 7)).pause(15_000).deliver("b", "g", 7);
    assertBroken(story.finish(), Invariant.I7);
  }

  @Test
  void who_left_has_time_from_the_return_on() {
    assertThat(judge(returned(9_000).finish()).valid()).isTrue();
  }

  @Test
  void I7_who_left_gets_it_too_late_after_the_return() {
    assertBroken(returned(11_000).finish(), Invariant.I7);
  }

  /** The device b is away when something is sent, and has it that long after it is back. */
  private static Story returned(long millis) {
    Story story = good().down("b");
    story.line(new Line.Link(story.now(), "b", "left", "", "", "", 0)).pause(1);
    story.say("a", "g", "m9").without(delivery("b", "g", 8)).pause(20_000);
    return story.up("b").pause(millis).deliver("b", "g", 8);
  }

  @Test
  void I7_who_came_back_never_learns_of_it() {
    Story story = good().remove("g", "C").add("g", "C").say("a", "g", "m9").finish();
    assertBroken(story.without(delivery("c", "g", 9).or(delivery("c", "g", 10))), Invariant.I7);
  }

  @Test
  void I11_a_reconnect_skips_something_in_silence() {
    Story story = good().down("c").say("a", "g", "m9").without(delivery("c", "g", 8)).up("c");
    assertBroken(story.say("b", "g", "m10").finish(), Invariant.I11);
  }
}
