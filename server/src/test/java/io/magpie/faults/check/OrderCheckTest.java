package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.good;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order in time and on one device. */
class OrderCheckTest {
  @Test
  void I5_an_earlier_message_has_a_larger_number() {
    Story story = good().finish();
    // What was sent last is said to have been sent, and acked, before everything else.
    story.change(
        line ->
            line instanceof Line.Send s && s.clientId().equals("m6")
                ? new Line.Send(
                    s.phase() == Phase.INVOKE ? 1 : 2,
                    s.phase(),
                    s.client(),
                    "g",
                    "m6",
                    s.seq(),
                    s.hash(),
                    "")
                : line);
    assertBroken(story, Invariant.I5, Invariant.I6);
  }

  @Test
  void I6_two_messages_of_one_device_change_places() {
    Story story = good().invoke("a", "h", "m9").invoke("a", "h", "m10");
    long first = story.store("h", "message.sent", "m10", "hash of m10", List.of());
    long second = story.store("h", "message.sent", "m9", "hash of m9", List.of());
    story.ack("a", "h", "m9", second).ack("a", "h", "m10", first);
    for (String client : List.of("a", "b")) {
      story.deliver(client, "h", first).deliver(client, "h", second);
    }
    assertBroken(story.finish(), Invariant.I6);
  }
}
