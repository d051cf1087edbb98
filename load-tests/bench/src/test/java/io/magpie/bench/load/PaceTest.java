package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(1_000, 10, 50);

  @Test
  void moments_follow_each_other_in_their_interval() {
    assertThat(pace.due()).isEqualTo(1_000);
    pace.take();
    pace.passOver(1_055);
    assertThat(pace.due()).isEqualTo(1_010);
    assertThat(pace.late()).isZero();
  }

  @Test
  void what_is_too_long_ago_is_passed_over_and_counted() {
    pace.take();
    pace.passOver(1_100);
    assertThat(pace.due()).isEqualTo(1_050);
    assertThat(pace.late()).isEqualTo(4);
    pace.passOver(1_101);
    assertThat(pace.due()).isEqualTo(1_060);
    assertThat(pace.late()).isEqualTo(5);
  }

  @Test
  void nobody_is_late_before_the_beginning() {
    pace.passOver(0);
    assertThat(pace.due()).isEqualTo(1_000);
    assertThat(pace.late()).isZero();
  }
}
