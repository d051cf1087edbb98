package io.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  void seconds_of_a_million() {
    assertThat(Ratios.perMillion(1.5, 250_000)).isEqualTo(6.0);
    assertThat(Ratios.perMillion(1.5, 0)).isZero();
  }

  @Test
  void times_another() {
    assertThat(Ratios.times(540_000, 36_000)).isEqualTo(15.0);
    assertThat(Ratios.times(540_000, 0)).isZero();
  }

  @Test
  void milliseconds_of_all_processes_for_each() {
    assertThat(Ratios.milliseconds(Map.of("server", 1.0, "PostgreSQL", 0.5), 5_000)).isEqualTo(0.3);
    assertThat(Ratios.milliseconds(Map.of("server", 1.0), 0)).isZero();
  }
}
