package io.magpie.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "10s, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, P1D",
    "P1D, P1D",
    "PT1.5S, PT1.5S"
  })
  void reads_durations(String text, Duration expected) {
    assertThat(Quantity.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"17, 17", "17B, 17", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648"})
  void reads_sizes(String text, long expected) {
    assertThat(Quantity.bytes(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1s", "1 s", "1w", "s", "P1Y"})
  void refuses_other_durations(String text) {
    assertThatThrownBy(() -> Quantity.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64KB", "-1", "1.5MiB", "1 KiB", "MiB"})
  void refuses_other_sizes(String text) {
    assertThatThrownBy(() -> Quantity.bytes(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
