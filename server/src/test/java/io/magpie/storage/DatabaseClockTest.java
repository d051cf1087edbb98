package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");
  private static final Duration QUICK = Duration.ofMillis(20);

  private final MovableClock own = new MovableClock();
  private final DatabaseClock clock = new DatabaseClock(own);

  private void answer(Instant at, Duration asked, Duration took) {
    long begun = System.nanoTime() - asked.toNanos();
    clock.read(at, begun, begun + took.toNanos());
  }

  @Test
  void goes_on_from_what_was_read_whatever_the_own_clock_says() {
    answer(AT, QUICK, QUICK);
    own.advance(Duration.ofHours(1));
    assertThat(clock.instant()).isBetween(AT, AT.plusSeconds(60));
  }

  @Test
  void a_slow_answer_does_not_make_it_run_ahead() {
    answer(AT, QUICK, QUICK);
    answer(AT.plusSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(40));
    assertThat(clock.instant()).isBefore(AT.plusSeconds(20));
  }

  @Test
  void a_quicker_answer_takes_back_by_how_much_a_slow_one_was_ahead() {
    answer(AT.plusSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
    answer(AT, QUICK, QUICK);
    assertThat(clock.instant()).isBefore(AT.plusSeconds(2));
  }

  @Test
  void the_database_is_followed_forward_and_back() {
    answer(AT, QUICK, QUICK);
    Instant later = AT.plus(Duration.ofHours(1));
    answer(later, QUICK, QUICK);
    assertThat(clock.instant()).isBetween(later, later.plusSeconds(60));
    answer(AT, QUICK, QUICK);
    assertThat(clock.instant()).isBefore(AT.plusSeconds(60));
  }
}
