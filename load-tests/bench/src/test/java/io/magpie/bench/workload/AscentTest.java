package io.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

class AscentTest {
  private static final double NO_END = 5_000_000;

  private final List<Double> rehearsed = new ArrayList<>();
  private final List<Double> judged = new ArrayList<>();
  private double best;

  private void climb(double first, double most, DoublePredicate server) {
    Ascent ascent = new Ascent(first, most);
    while (ascent.goesOn()) {
      double rate = ascent.rate();
      boolean stood = server.test(rate);
      if (ascent.rehearses()) {
        rehearsed.add(rate);
      } else {
        judged.add(rate);
        best = stood ? rate : best;
      }
      ascent.tried(stood);
    }
  }

  @Test
  void a_server_that_is_cold_reaches_what_it_reaches_warm() {
    int[] tried = {0};
    climb(500, NO_END, rate -> ++tried[0] > 5 ? rate < 6_000 : rate < 600);
    assertThat(best).isCloseTo(5_657, offset(1.0));
    assertThat(judged.get(0)).isEqualTo(500);
  }

  @Test
  void the_rehearsal_climbs_as_long_as_the_server_follows() {
    climb(1, NO_END, rate -> rate < 2);
    assertThat(rehearsed).hasSize(Ascent.REHEARSED).allMatch(rate -> rate >= 1 && rate < 2.1);
    rehearsed.clear();
    climb(1, NO_END, rate -> rate < 1_000);
    assertThat(rehearsed).hasSize(Ascent.REHEARSED).isSorted();
    assertThat(rehearsed.get(7)).isCloseTo(11.3, offset(0.1));
  }

  @Test
  void one_disturbance_is_no_limit_and_two_at_the_same_rate_are() {
    int[] tried = {0};
    climb(1, NO_END, rate -> ++tried[0] != Ascent.REHEARSED + 3 && rate < 5);
    assertThat(best).isCloseTo(4, offset(0.1));
    assertThat(judged).hasSize(8); // 1, 1.4, 2, 2 again, 2.8, 4, and 5.7 twice
  }

  @Test
  void a_server_that_never_stands_the_first_rate_has_no_maximum() {
    climb(1, NO_END, rate -> false);
    assertThat(rehearsed).containsOnly(1.0);
    assertThat(judged).containsExactly(1.0, 1.0);
    assertThat(best).isZero();
  }

  @Test
  void it_never_goes_above_the_most_and_below_the_first_there_is_nothing() {
    climb(1, 3, rate -> true);
    assertThat(rehearsed).allMatch(rate -> rate <= 3);
    assertThat(judged).hasSize(4).allMatch(rate -> rate <= 3);
    judged.clear();
    climb(2, 1, rate -> true);
    assertThat(judged).isEmpty();
  }
}
