package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a node holds the database for lost, and when it holds others to have it. */
class SightTest {
  private final List<String> told = new ArrayList<>();
  private final Sight sight =
      new Sight(
          new PostgresWatch.Listener() {
            @Override
            public void lost() {
              told.add("lost");
            }

            @Override
            public void elsewhere() {
              told.add("elsewhere");
            }

            @Override
            public void back() {
              told.add("back");
            }
          });

  private static long ms(long ms) {
    return ms * 1_000_000;
  }

  private void fails(long begunMs, long endedMs) {
    sight.begins(ms(begunMs));
    sight.failed(ms(endedMs));
  }

  @Test
  void one_probe_that_fails_is_no_loss() {
    fails(0, 10);
    sight.answered();
    fails(1_000, 1_010);
    assertThat(told).isEmpty();
    fails(1_500, 1_510);
    assertThat(told).containsExactly("lost");
  }

  @Test
  void others_have_it_when_one_says_so_after_the_loss_and_a_later_probe_fails() {
    fails(0, 10);
    fails(500, 510);
    sight.heard(ms(700));
    assertThat(told).containsExactly("lost");
    fails(1_000, 1_010);
    assertThat(told).containsExactly("lost", "elsewhere");
    sight.heard(ms(1_200));
    fails(1_500, 1_510);
    assertThat(told).containsExactly("lost", "elsewhere");
  }

  /** They say so twice in the time that a probe takes. */
  @Test
  void others_that_say_so_during_each_probe_as_well_are_believed() {
    for (int i = 0; i < 4; i++) {
      sight.begins(ms(i * 1_000));
      sight.heard(ms(i * 1_000 + 400));
      sight.failed(ms(i * 1_000 + 750));
      sight.heard(ms(i * 1_000 + 900 + 100 * (i % 2)));
    }
    assertThat(told).startsWith("lost").contains("elsewhere");
  }

  @Test
  void what_was_said_before_the_database_went_for_all_moves_nobody() {
    sight.heard(ms(0));
    fails(0, 100);
    sight.heard(ms(200)); // sent before the end, and late
    fails(500, 510);
    for (int i = 2; i < 20; i++) {
      fails(i * 500, i * 500 + 10);
    }
    assertThat(told).containsExactly("lost");
  }

  /** The other node is only first to see that the database is back. */
  @Test
  void a_node_that_hears_of_a_database_that_is_back_looks_once_more() {
    fails(0, 10);
    fails(500, 510);
    sight.begins(ms(4_900));
    sight.heard(ms(5_000));
    sight.failed(ms(5_010));
    assertThat(told).containsExactly("lost");
    sight.answered();
    assertThat(told).containsExactly("lost");
    sight.answered();
    assertThat(told).containsExactly("lost", "back");
  }

  @Test
  void what_was_said_long_ago_counts_for_nothing() {
    fails(0, 10);
    fails(500, 510);
    sight.heard(ms(1_000));
    fails(4_000, 4_010);
    assertThat(told).containsExactly("lost");
  }

  @Test
  void clients_that_stayed_with_everybody_are_sent_away_when_others_have_it_again() {
    fails(0, 10);
    fails(500, 510);
    fails(60_000, 60_010);
    sight.heard(ms(60_200));
    fails(60_500, 60_510);
    assertThat(told).containsExactly("lost", "elsewhere");
  }
}
