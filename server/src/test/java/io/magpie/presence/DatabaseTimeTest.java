package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {
  private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");

  private final DatabaseTime time = new DatabaseTime();

  @Test
  void goes_on_from_what_was_read_whatever_the_own_clock_says() {
    time.read(AT, System.nanoTime());
    assertThat(time.now()).isBetween(AT, AT.plusSeconds(60));
  }

  @Test
  void a_slow_answer_does_not_make_it_run_ahead() {
    long now = System.nanoTime();
    time.read(AT, now);
    time.read(AT.plusSeconds(1), now - Duration.ofSeconds(30).toNanos());
    assertThat(time.now()).isBefore(AT.plusSeconds(20));
  }

  @Test
  void what_is_a_minute_old_is_given_up_for_anything_newer() {
    long now = System.nanoTime();
    time.read(AT, now - Duration.ofMinutes(2).toNanos());
    Instant jumped = AT.plus(Duration.ofHours(1));
    time.read(jumped, now);
    assertThat(time.now()).isAfterOrEqualTo(jumped);
  }
}
