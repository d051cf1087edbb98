package io.magpie.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void waits_grow_with_jitter_and_end_after_the_last_try() {
    long base = 2_000;
    for (int attempt = 1; attempt < 5; attempt++) {
      long wait = Backoff.DEFAULT.after(attempt).orElseThrow().toMillis();
      long expected = Math.min(base, 120_000);
      assertThat(wait).isBetween(expected * 3 / 4, expected * 5 / 4);
      base *= 4;
    }
    assertThat(Backoff.DEFAULT.after(5)).isEmpty();
    assertThat(Backoff.DEFAULT.after(6)).isEmpty();
    assertThat(Backoff.DEFAULT.again().toMillis()).isBetween(1_500L, 2_500L);
  }

  @Test
  void a_run_must_end_before_its_lease_does() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new JobSettings(second, second, second, 1, Backoff.DEFAULT, second))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void names_of_kinds_are_lower_case_words() {
    assertThat(JobKind.periodic("session.clean-up").atOnce()).isEqualTo(1);
    for (String name : new String[] {"", "Pin", ".pin", "pin expiry", "pin.", "p".repeat(64)}) {
      assertThatThrownBy(() -> JobKind.periodic(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
