package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(2, 2);
  private final Loop loop = new Loop(new Silent(), ledger);
  private final Link anna = link(0, 0);
  private final Link bert = link(1, 0);
  private final Link other = link(2, 1);
  private final List<Link> all = List.of(anna, bert, other);

  private record Silent() implements Wire {
    @Override
    public byte[] upgrade(Link link) {
      return new byte[0];
    }

    @Override
    public void opened(Link link) {}

    @Override
    public void message(Link link, byte[] bytes, int from, int to) {}

    @Override
    public void send(Link link, int id) {}
  }

  private Link link(int number, int conversation) {
    return new Link(loop, new Member("u" + number, "", 1, conversation, "r"), number);
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private int sent(int conversation) {
    int id = ledger.sending(conversation, 0);
    ledger.acked(id);
    return id;
  }

  private void delivered(int id, Link... links) {
    for (Link link : links) {
      ledger.delivered(link, id);
    }
  }

  @Test
  void everything_once_and_in_the_same_order_is_whole() {
    int first = sent(0);
    int second = sent(0);
    delivered(second, anna, bert);
    delivered(first, bert, anna);
    Counts counts = ledger.counts(all);
    assertThat(counts.whole()).isTrue();
    assertThat(counts.expected()).isEqualTo(4);
    assertThat(counts.received()).isEqualTo(4);
    assertThat(ledger.settled()).isTrue();
  }

  @Test
  void another_order_is_noticed() {
    int first = sent(0);
    int second = sent(0);
    delivered(first, anna);
    delivered(second, anna, bert);
    delivered(first, bert);
    Counts counts = ledger.counts(all);
    assertThat(counts.received()).isEqualTo(4);
    assertThat(counts.missing()).isEqualTo(1);
    assertThat(counts.repeated()).isEqualTo(1);
    assertThat(counts.whole()).isFalse();
  }

  @Test
  void a_hole_and_a_missing_end_are_counted() {
    int[] ids = {sent(0), sent(0), sent(0)};
    for (int id : ids) {
      delivered(id, anna);
    }
    delivered(ids[1], bert);
    assertThat(ledger.counts(all).missing()).isEqualTo(2);
  }

  @Test
  void what_nobody_got_is_missing_for_all() {
    sent(1);
    assertThat(ledger.counts(all).missing()).isEqualTo(2);
  }

  @Test
  void a_second_delivery_is_counted() {
    int id = sent(0);
    delivered(id, anna, anna, bert);
    assertThat(ledger.counts(all).repeated()).isEqualTo(1);
  }

  @Test
  void a_message_of_another_conversation_is_foreign() {
    int id = sent(0);
    delivered(id, anna, bert, other);
    assertThat(ledger.counts(all).foreign()).isEqualTo(1);
  }

  @Test
  void a_refusal_is_no_ack_and_expects_nothing() {
    int id = ledger.sending(0, 0);
    ledger.refused(id, "overloaded");
    ledger.acked(id);
    Counts counts = ledger.counts(all);
    assertThat(counts.acked()).isZero();
    assertThat(counts.expected()).isZero();
    assertThat(counts.missing()).isZero();
    assertThat(counts.whole()).isFalse();
    assertThat(counts.problems()).containsEntry("refused: overloaded", 1);
  }

  @Test
  void times_count_from_the_moment_that_was_meant_and_only_in_the_measured_time() {
    ledger.timings().measure(1_000_000_000, 2_000_000_000);
    int before = ledger.sending(0, 999_999_999);
    int within = ledger.sending(0, 1_000_000_000);
    ledger.at(1_005_000_000);
    ledger.acked(before);
    ledger.acked(within);
    Percentiles acks = ledger.timings().acks().percentiles();
    assertThat(acks.count()).isEqualTo(1);
    assertThat(acks.max()).isBetween(4.9, 5.1);
  }

  @Test
  void who_is_turned_away_comes_again_when_told_to() {
    ledger.at(1_000);
    ledger.turnedAway(anna, 5, "busy");
    assertThat(ledger.comingAgain(5_000_999)).isEmpty();
    assertThat(ledger.comingAgain(5_001_000)).containsExactly(anna);
    assertThat(ledger.comingAgain(9_000_000)).isEmpty();
    assertThat(ledger.counts(all).lost()).isZero();
  }

  @Test
  void who_had_joined_and_is_told_to_come_again_has_lost_the_connection() {
    anna.state(Link.State.JOINED);
    ledger.turnedAway(anna, 5, "too slow");
    assertThat(ledger.comingAgain(9_000_000)).isEmpty();
    assertThat(ledger.counts(all).lost()).isEqualTo(1);
    assertThat(ledger.counts(all).problems()).containsEntry("too slow", 1);
    assertThat(anna.state()).isEqualTo(Link.State.CLOSED);
  }

  @Test
  void what_came_is_counted_on_over_a_second_connection() {
    int first = sent(0);
    delivered(first, anna, bert);
    int second = sent(0);
    delivered(second, anna);
    ledger.expectCatchUp(List.of(bert));
    delivered(second, bert);
    assertThat(ledger.caughtUpSoFar()).isEqualTo(1);
    assertThat(ledger.counts(all).whole()).isTrue();
  }

  @Test
  void refusals_are_timed_by_what_was_said() {
    ledger.timings().measure(0, 2_000_000);
    int early = ledger.sending(0, 1_000_000);
    int after = ledger.sending(0, 3_000_000);
    ledger.at(5_000_000);
    ledger.refused(early, "busy");
    ledger.refused(after, "late");
    assertThat(ledger.timings().refusals().get("busy").max()).isBetween(3.9, 4.1);
    assertThat(ledger.timings().refusals().get("late").count()).isZero();
  }

  @Test
  void each_message_has_the_answer_that_it_got_first() {
    int kept = sent(0);
    int open = ledger.sending(0, 0);
    int turnedDown = ledger.sending(0, 0);
    ledger.refused(turnedDown, "busy");
    ledger.acked(turnedDown);
    Answers answers = ledger.answers();
    assertThat(answers.acked().stream()).containsExactly(kept);
    assertThat(answers.refused().stream()).containsExactly(turnedDown);
    assertThat(ledger.open(open)).isTrue();
    assertThat(ledger.unanswered()).isEqualTo(1);
  }

  @Test
  void a_message_is_whole_when_the_last_member_has_it() {
    ledger.timings().measure(0, 1);
    int id = sent(0);
    ledger.at(1_000_000);
    delivered(id, anna, anna);
    assertThat(ledger.timings().wholes().percentiles().count()).isZero();
    ledger.at(7_000_000);
    delivered(id, bert);
    assertThat(ledger.timings().wholes().percentiles().max()).isBetween(6.9, 7.1);
  }
}
