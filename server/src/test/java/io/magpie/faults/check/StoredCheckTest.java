package io.magpie.faults.check;

import static io.magpie.faults.check.Defects.RULES;
import static io.magpie.faults.check.Defects.assertBroken;
import static io.magpie.faults.check.Defects.delivery;
import static io.magpie.faults.check.Defects.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored, against what was sent. */
class StoredCheckTest {
  @Test
  void I1_an_acked_message_at_the_head_is_gone() {
    Story story = good().finish();
    story.changeFinal("*", "h", events -> events.subList(0, 2)).without(delivery("a", "h", 3));
    assertBroken(story.without(delivery("b", "h", 3)), Invariant.I1);
  }

  @Test
  void I1_an_ack_without_a_row() {
    Story story = good().invoke("a", "g", "m9").ack("a", "g", "m9", 8);
    assertBroken(story.finish(), Invariant.I1);
  }

  @Test
  void I1_another_message_has_the_number_of_the_ack() {
    Story story = good();
    story.invoke("a", "h", "m9").ack("a", "h", "m9", 3);
    assertBroken(story.finish(), Invariant.I1);
  }

  @Test
  void I2_a_message_that_nobody_sent() {
    Story story = good();
    long seq = story.store("g", "message.sent", "m99", "hash", List.of());
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    assertBroken(story.finish(), Invariant.I2);
  }

  @Test
  void I2_a_refused_message_is_stored() {
    Story story = good();
    story.invoke("a", "g", "m9").refuse("a", "g", "m9");
    long seq = story.store("g", "message.sent", "m9", "hash of m9", List.of());
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    Verdict verdict = Checker.judge(story.finish().history(), RULES.available(0, 0));
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(Invariant.I2);
  }

  @Test
  void I2_the_content_changed() {
    Story story = good().finish();
    story.changeFinal(
        "*",
        "h",
        events -> {
          Stored old = events.get(1);
          events.set(1, new Stored(2, old.kind(), old.by(), old.clientId(), "other", List.of()));
          return events;
        });
    story.change(
        line ->
            line instanceof Line.Deliver d && d.stream().equals("h") && d.seq() == 2
                ? new Line.Deliver(
                    d.t(), d.client(), d.connection(), "h", 2, d.kind(), d.clientId(), "other")
                : line);
    assertBroken(story, Invariant.I2);
  }

  @Test
  void I4_one_client_id_is_stored_twice() {
    Story story = good();
    long seq = story.store("g", "message.sent", "m1", "hash of m1", List.of());
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    assertBroken(story.finish(), Invariant.I4);
  }

  @Test
  void I4_a_retry_is_acked_with_another_number() {
    assertBroken(good().ack("a", "g", "m1", 3).finish(), Invariant.I4);
  }
}
