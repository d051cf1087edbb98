package io.magpie.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  static Settings of(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "30,30000", "5m,300000", "2H,7200000"})
  void durations_have_units_and_seconds_without_one(String text, long millis) {
    Settings settings = of(Map.of("ramp", text));
    assertEquals(Duration.ofMillis(millis), settings.duration("ramp", Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5s", "1.5m", "25h", "99999999999s"})
  void other_durations_are_refused_by_name(String text) {
    Settings settings = of(Map.of("ramp", text));
    Refusal refusal = assertThrows(Refusal.class, () -> settings.duration("ramp", Duration.ZERO));
    assertTrue(refusal.getMessage().contains("-Dramp"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "1", "101", "2.0", "99999999999"})
  void whole_numbers_are_held_to_their_bounds(String text) {
    Settings settings = of(Map.of("users", text));
    assertThrows(Refusal.class, () -> settings.whole("users", 10, 2, 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "fast", "Infinity"})
  void rates_are_above_zero(String text) {
    Settings settings = of(Map.of("rate", text));
    assertThrows(Refusal.class, () -> settings.number("rate", 10, 1000));
  }

  @Test
  void what_is_not_given_has_its_default() {
    Settings settings = of(Map.of("users", "  "));
    assertEquals(10, settings.whole("users", 10, 2, 100));
    assertEquals(0.5, settings.number("rate", 0.5, 1000));
  }
}
