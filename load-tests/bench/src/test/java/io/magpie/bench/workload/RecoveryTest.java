package io.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryTest {
  private final Recovery recovery = new Recovery();

  private void good(double from, int times) {
    for (int i = 0; i < times; i++) {
      recovery.tried(from + i, true, Recovery.GOOD_MS);
    }
  }

  @Test
  void a_server_is_itself_again_from_the_first_of_ten_good_answers() {
    good(0.5, Recovery.IN_A_ROW - 1);
    assertThat(recovery.over()).isFalse();
    good(50, 1);
    assertThat(recovery.over()).isTrue();
    assertThat(recovery.seconds()).isEqualTo(0.5);
  }

  @Test
  void a_refusal_or_a_slow_answer_begins_anew() {
    good(0, 9);
    recovery.tried(10, false, 1);
    good(11, 9);
    recovery.tried(20, true, Recovery.GOOD_MS + 1);
    assertThat(recovery.over()).isFalse();
    good(21, 10);
    assertThat(recovery.over()).isTrue();
    assertThat(recovery.seconds()).isEqualTo(21);
  }
}
