package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void percentiles_in_milliseconds_within_a_hundredth() {
    for (int i = 1; i <= 1_000; i++) {
      latencies.record(i * 1_000_000L);
    }
    Percentiles percentiles = latencies.percentiles();
    assertThat(percentiles.count()).isEqualTo(1_000);
    assertThat(percentiles.p50()).isCloseTo(500, within(5.0));
    assertThat(percentiles.p95()).isCloseTo(950, within(10.0));
    assertThat(percentiles.p99()).isCloseTo(990, within(10.0));
    assertThat(percentiles.max()).isCloseTo(1_000, within(10.0));
  }

  @Test
  void nothing_recorded_is_zeros() {
    assertThat(latencies.percentiles()).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
  }

  @Test
  void what_is_beyond_the_bounds_is_not_lost() {
    latencies.record(-5);
    latencies.record(Long.MAX_VALUE);
    assertThat(latencies.percentiles().count()).isEqualTo(2);
    assertThat(latencies.percentiles().max()).isCloseTo(120_000, within(1_200.0));
  }
}
