package io.magpie.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private final List<String> known = List.of("MAGPIE_HTTP_PORT", "MAGPIE_HTTP_HOST", "MAGPIE_PINS");

  @Test
  void finds_the_word_that_was_meant() {
    assertThat(Spelling.nearest("MAGPIE_HTTP_PROT", known)).contains("MAGPIE_HTTP_PORT");
    assertThat(Spelling.nearest("MAGPIE_PIN", known)).contains("MAGPIE_PINS");
  }

  @Test
  void says_nothing_rather_than_anything() {
    assertThat(Spelling.nearest("MAGPIE_QUANTUM_FLUX_CAPACITOR", known)).isEmpty();
  }

  @Test
  void counts_the_changes() {
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("same", "same")).isZero();
  }
}
