package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The more clients a node has, the longer it takes to send them away, within its time. */
class DrainPlanTest {
  private static Drain.Plan plan(int clients) {
    return Drain.Plan.of(clients, 200, Duration.ofSeconds(10));
  }

  @Test
  void a_few_are_told_at_once() {
    assertThat(plan(0)).isEqualTo(new Drain.Plan(1, 1_000));
    assertThat(plan(20)).isEqualTo(new Drain.Plan(1, 1_000));
  }

  @Test
  void more_are_told_as_fast_as_the_others_can_take_them() {
    assertThat(plan(1_000)).isEqualTo(new Drain.Plan(50, 1_000));
  }

  @Test
  void what_does_not_fit_the_time_is_added_to_the_waits() {
    assertThat(plan(2_000)).isEqualTo(new Drain.Plan(70, 3_000));
    assertThat(plan(100_000)).isEqualTo(new Drain.Plan(70, 20_000));
    assertThat(Drain.Plan.of(2_000, 200, Duration.ofSeconds(1)))
        .isEqualTo(new Drain.Plan(1, 10_000));
  }
}
