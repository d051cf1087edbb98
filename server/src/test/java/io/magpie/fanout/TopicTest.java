package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.stream.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicTest {
  private static final UUID STREAM = UUID.randomUUID();

  private final Topic topic = new Topic(STREAM);

  @Test
  void the_next_event_goes_through_at_once() {
    topic.open(4);
    assertThat(seqs(topic.offer(event(5)))).containsExactly(5L);
    assertThat(topic.last()).isEqualTo(5);
  }

  @Test
  void a_later_event_waits_for_the_earlier_ones() {
    topic.open(0);
    assertThat(topic.offer(event(2))).isEmpty();
    assertThat(topic.gap()).isTrue();
    assertThat(seqs(topic.offer(event(1)))).containsExactly(1L, 2L);
    assertThat(topic.gap()).isFalse();
  }

  @Test
  void an_event_that_went_through_never_goes_through_again() {
    topic.open(3);
    assertThat(topic.offer(event(3))).isEmpty();
    topic.offer(event(4));
    assertThat(topic.offer(event(4))).isEmpty();
    assertThat(topic.gap()).isFalse();
  }

  @Test
  void before_it_is_opened_everything_is_held_and_what_was_read_is_dropped() {
    topic.offer(event(7));
    topic.offer(event(8));
    topic.offer(event(9));
    assertThat(seqs(topic.open(7))).containsExactly(8L, 9L);
    assertThat(topic.last()).isEqualTo(9);
  }

  @Test
  void what_does_not_fit_is_left_to_a_pull() {
    topic.open(0);
    for (long seq = 2; seq < 2 * Topic.MAX_HELD; seq++) {
      topic.offer(event(seq));
    }
    assertThat(seqs(topic.offer(event(1)))).hasSize(Topic.MAX_HELD + 1);
    assertThat(topic.gap()).isFalse();
  }

  @Test
  void any_order_with_repeats_comes_out_once_and_in_order() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      Topic fresh = new Topic(STREAM);
      List<Long> offered = new ArrayList<>();
      for (long seq = 1; seq <= 6; seq++) {
        offered.addAll(Collections.nCopies(1 + random.nextInt(2), seq));
      }
      Collections.shuffle(offered, random);
      int openAt = random.nextInt(offered.size());
      long readUpTo = random.nextInt(3);
      List<Long> through = new ArrayList<>();
      for (int i = 0; i < offered.size(); i++) {
        if (i == openAt) {
          through.addAll(seqs(fresh.open(readUpTo)));
        }
        through.addAll(seqs(fresh.offer(event(offered.get(i)))));
      }
      List<Long> expected = new ArrayList<>();
      for (long seq = readUpTo + 1; seq <= 6; seq++) {
        expected.add(seq);
      }
      assertThat(through).as("round %d", round).isEqualTo(expected);
    }
  }

  private static List<Long> seqs(List<Event> events) {
    return events.stream().map(Event::seq).toList();
  }

  private static Event event(long seq) {
    return new Event(STREAM, seq, "test.done", STREAM, Instant.EPOCH, "{}");
  }
}
