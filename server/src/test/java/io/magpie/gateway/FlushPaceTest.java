package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a loop flushes. */
class FlushPaceTest {
  private static final long MS = 1_000_000;

  private final FlushPace pace = new FlushPace(Duration.ofMillis(20), 0);

  @Test
  void who_is_idle_flushes_at_once() {
    assertThat(pace.untilNext(0)).isZero();
    pace.flushed(0, MS / 20);
    assertThat(pace.untilNext(MS / 20)).isZero();
  }

  @Test
  void a_long_flush_makes_the_next_one_wait_three_times_as_long() {
    pace.flushed(0, 2 * MS);
    assertThat(pace.untilNext(2 * MS)).isEqualTo(6 * MS);
    assertThat(pace.untilNext(5 * MS)).isEqualTo(3 * MS);
    assertThat(pace.untilNext(8 * MS)).isZero();
  }

  @Test
  void no_wait_is_longer_than_the_setting() {
    pace.flushed(0, 500 * MS);
    assertThat(pace.untilNext(500 * MS)).isEqualTo(20 * MS);
  }

  @Test
  void zero_switches_waiting_off() {
    FlushPace eager = new FlushPace(Duration.ZERO, 0);
    eager.flushed(0, 500 * MS);
    assertThat(eager.untilNext(500 * MS)).isZero();
  }
}
