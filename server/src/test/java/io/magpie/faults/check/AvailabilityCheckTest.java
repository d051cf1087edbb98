package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.good;

import org.junit.jupiter.api.Test;

/** The share of sends that succeed. */
class AvailabilityCheckTest {
  @Test
  void I19_sends_fail_though_the_service_can_work() {
    Story story = good();
    story.fault(
        "F08",
        () -> {
          story.pause(6_000);
          story.invoke("a", "g", "m9").unknown("a", "g", "m9");
        });
    assertBroken(story.finish(), Invariant.I19);
  }

  @Test
  void I19_sends_fail_after_the_fault() {
    Story story = good().invoke("a", "g", "m9").unknown("a", "g", "m9");
    assertBroken(story.finish(), Invariant.I19);
  }
}
