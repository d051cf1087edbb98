package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.delivery;
import static io.magpie.faults.check.Defects.good;

import io.magpie.faults.history.Line;
import org.junit.jupiter.api.Test;

/** What devices got and must not have got. */
class DeliveryCheckTest {
  @Test
  void I8_what_is_pushed_after_a_removal_counts_though_no_application_sees_it() {
    Story story = good().remove("g", "C").say("a", "g", "m9");
    story.line(new Line.Wire(story.now() + 1, "c", "", "g", 9, 0, "first")).pause(1);
    assertBroken(story.finish(), Invariant.I8);
  }

  @Test
  void I2_one_device_gets_another_content() {
    Story story = good().finish();
    story.change(
        line ->
            delivery("b", "g", 3).test(line) && line instanceof Line.Deliver d
                ? new Line.Deliver(
                    d.t(), d.client(), d.connection(), "g", 3, d.kind(), d.clientId(), "other")
                : line);
    assertBroken(story, Invariant.I2);
  }

  @Test
  void I2_a_device_gets_what_is_not_stored() {
    Story story = good().finish();
    story.line(new Line.Deliver(story.now(), "a", "a#1", "g", 8, "message.sent", "m0", "x"));
    assertBroken(story, Invariant.I2);
  }

  @Test
  void I3_a_device_applies_an_event_twice() {
    assertBroken(good().deliver("b", "g", 7).finish(), Invariant.I3);
  }

  @Test
  void I5_a_swapped_pair_on_one_device() {
    Story story = good().finish();
    story.change(
        line ->
            delivery("c", "g", 6).test(line) && line instanceof Line.Deliver d
                ? new Line.Deliver(
                    story.now() - 100,
                    "c",
                    d.connection(),
                    "g",
                    6,
                    d.kind(),
                    d.clientId(),
                    d.hash())
                : line);
    assertBroken(story, Invariant.I5);
  }

  @Test
  void I5_an_event_is_left_out_on_the_wire_even_if_the_client_pulls_it() {
    Story story = good();
    story.line(new Line.Wire(story.now(), "a", "a#1", "g", 5, 3, "gap"));
    assertBroken(story.finish(), Invariant.I5);
  }

  @Test
  void I8_a_delivery_after_the_removal() {
    Story story = good().remove("g", "C").say("a", "g", "m9").deliver("c", "g", 9);
    assertBroken(story.finish(), Invariant.I8);
  }

  @Test
  void I8_a_stranger_gets_something() {
    assertBroken(good().deliver("c", "h", 3).finish(), Invariant.I8);
  }
}
