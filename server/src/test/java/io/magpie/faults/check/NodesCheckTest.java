package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.at;
import static io.magpie.faults.check.Defects.good;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import org.junit.jupiter.api.Test;

/** What nodes tell at the end. */
class NodesCheckTest {
  @Test
  void I5_a_hole_in_the_numbers() {
    Story story = good().finish();
    story.changeFinal(
        "*",
        "g",
        events -> {
          events.set(6, at(8, events.get(6)));
          return events;
        });
    story.change(
        line -> {
          if (line instanceof Line.Deliver d && d.stream().equals("g") && d.seq() == 7) {
            return new Line.Deliver(
                d.t(), d.client(), d.connection(), "g", 8, d.kind(), d.clientId(), d.hash());
          }
          return line instanceof Line.Send s && s.conversation().equals("g") && s.seq() == 7
              ? new Line.Send(s.t(), s.phase(), s.client(), "g", s.clientId(), 8, "", "")
              : line;
        });
    assertBroken(story, Invariant.I5);
  }

  @Test
  void I5_the_head_is_beyond_the_last_event() {
    Story story = good().finish();
    story.change(
        line ->
            line instanceof Line.Final f && f.stream().equals("g")
                ? new Line.Final(f.t(), f.node(), "g", 0, f.upTo(), f.head() + 1, f.events())
                : line);
    assertBroken(story, Invariant.I5);
  }

  @Test
  void I5_another_order_on_one_node() {
    Story story = good().finish();
    story.changeFinal(
        "n2",
        "g",
        events -> {
          Stored two = events.get(1);
          events.set(1, at(2, events.get(2)));
          events.set(2, at(3, two));
          return events;
        });
    assertBroken(story, Invariant.I5);
  }

  @Test
  void I12_one_node_is_behind() {
    Story story = good().finish();
    assertBroken(story.changeFinal("n3", "g", events -> events.subList(0, 6)), Invariant.I12);
  }

  @Test
  void I12_a_message_is_not_found_after_its_ack() {
    Story story = good();
    story.line(new Line.Read(story.now(), story.now(), "", "n2", "g", 3, "m2", false));
    assertBroken(story.finish(), Invariant.I12);
  }
}
