package io.magpie.load.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  @ParameterizedTest
  @ValueSource(ints = {15, 24, 200, 8000})
  void a_text_has_its_length_and_tells_its_time(int length) {
    String text = Marker.text(1_735_689_600_123L, length);
    assertEquals(length, text.length());
    assertEquals(text, text.strip());
    assertEquals(OptionalLong.of(1_735_689_600_123L), Marker.sentAt(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "@1735689600", "hello @1735689600123 ", "@17356896001x3 you"})
  void what_people_wrote_has_none(String text) {
    assertTrue(Marker.sentAt(text).isEmpty());
  }
}
