package io.magpie.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.faults.history.Line;
import io.magpie.faults.history.Line.Stored;
import io.magpie.faults.history.Phase;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** One good history, and the same with one defect each: the checker must name what is broken. */
class CheckerTest {
  static final Rules RULES = Rules.all().minAcks(6);

  /** Three people, a fault, a reconnect, a send that nobody answered; everything is well. */
  static Story good() {
    Story story = new Story().device("a", "A").device("b", "B").device("c", "C");
    story.group("g", "A", "B", "C").group("h", "A", "B");
    story.say("a", "g", "m1").say("b", "g", "m2").say("a", "h", "m3");
    story.fault("F01", () -> throughTheFault(story));
    story.say("c", "g", "m6").say("b", "h", "m7").say("a", "g", "m8");
    return story;
  }

  private static void throughTheFault(Story story) {
    story.invoke("b", "g", "m4").tried("b", "m4", Phase.INFO, 5).down("b").up("b");
    long seq = story.store("g", "message.sent", "m4", "hash of m4", List.of());
    story.ack("b", "g", "m4", seq);
    List.of("a", "b", "c").forEach(client -> story.deliver(client, "g", seq));
    story.say("c", "g", "m5");
  }

  private static Verdict judge(Story story) {
    return Checker.judge(story.history(), RULES);
  }

  private static void assertBroken(Story story, Invariant... expected) {
    Verdict verdict = judge(story);
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Verdict.Outcome.INVALID);
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(expected);
  }

  private static Predicate<Line> delivery(String client, String stream, long seq) {
    return line ->
        line instanceof Line.Deliver deliver
            && deliver.client().equals(client)
            && deliver.stream().equals(stream)
            && deliver.seq() == seq;
  }

  private static Stored at(long seq, Stored event) {
    return new Stored(seq, event.kind(), event.by(), event.clientId(), event.hash(), event.users());
  }

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
  void I8_what_is_pushed_after_a_removal_counts_though_no_application_sees_it() {
    Story story = good().remove("g", "C").say("a", "g", "m9");
    story.line(new Line.Wire(story.now() + 1, "c", "", "g", 9, 0, "first")).pause(1);
    assertBroken(story.finish(), Invariant.I8);
  }

  @Test
  void I5_who_is_removed_while_online_gets_everything_before() {
    Story story = good().say("a", "g", "m9").remove("g", "C").add("g", "C").finish();
    story.without(delivery("c", "g", 8).or(delivery("c", "g", 9)));
    assertBroken(story, Invariant.I5);
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
  void I5_an_event_is_left_out_on_the_wire_even_if_the_client_pulls_it() {
    Story story = good();
    story.line(new Line.Wire(story.now(), "a", "a#1", "g", 5, 3, "gap"));
    assertBroken(story.finish(), Invariant.I5);
  }

  @Test
  void I5_a_hole_on_one_device() {
    assertBroken(good().finish().without(delivery("a", "g", 4)), Invariant.I5);
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
  void I7_who_came_back_never_learns_of_it() {
    Story story = good().remove("g", "C").add("g", "C").say("a", "g", "m9").finish();
    assertBroken(story.without(delivery("c", "g", 9).or(delivery("c", "g", 10))), Invariant.I7);
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

  @Test
  void I9_an_ended_session_stays_connected_and_sends() {
    Story story = good();
    story.line(new Line.Revoke(story.now(), Phase.OK, "session of a")).pause(6_000);
    assertBroken(story.say("a", "g", "m9").down("a").finish(), Invariant.I9);
  }

  @Test
  void I10_presence_goes_back() {
    Story story = good();
    story.line(new Line.Presence(story.now(), "a", "B", "online", 7));
    story.line(new Line.Presence(story.now(), "a", "B", "away", 6));
    assertBroken(story.finish(), Invariant.I10);
  }

  @Test
  void I10_a_ghost() {
    Story story = good();
    story.line(new Line.Presence(story.now(), "a", "C", "online", 7));
    story.line(new Line.PresenceIs(story.now(), "C", "offline")).pause(7_000);
    assertBroken(story.finish(), Invariant.I10);
  }

  @Test
  void I11_a_reconnect_skips_something_in_silence() {
    Story story = good().down("c").say("a", "g", "m9").without(delivery("c", "g", 8)).up("c");
    assertBroken(story.say("b", "g", "m10").finish(), Invariant.I11);
  }

  @Test
  void I11_another_epoch_is_not_told() {
    assertBroken(good().down("c").up("c", "restored").finish(), Invariant.I11);
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

  @Test
  void I13_a_send_hangs_while_the_database_is_away() {
    Story story = good();
    story.fault("F19", () -> story.pause(5_000).tried("a", "m1", Phase.INFO, 4_500));
    Verdict verdict = Checker.judge(story.finish().history(), RULES.databaseAway("F19"));
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(Invariant.I13);
  }

  @Test
  void I13_an_ack_while_the_database_is_away() {
    Story story = good();
    story.fault("F19", () -> story.pause(5_000).say("a", "g", "m9").pause(10));
    Verdict verdict = Checker.judge(story.finish().history(), RULES.databaseAway("F19"));
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(Invariant.I13);
  }

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
