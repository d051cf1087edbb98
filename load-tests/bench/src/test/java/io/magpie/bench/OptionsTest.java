package io.magpie.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void without_words_everything_is_measured() {
    Options options = Options.of();
    assertThat(options.targets()).isEmpty();
    assertThat(options.rates()).isEmpty();
    assertThat(options.wants("W2 dense")).isTrue();
    assertThat(options.nodes()).isEqualTo(1);
    assertThat(options.magpie()).hasSize(2).first().isEqualTo("-jar");
  }

  @Test
  void words_choose() {
    Options options =
        Options.of(
            "--workloads=w2-dense,resume-storm",
            "--rates=20000,80000",
            "--magpie=-cp a:b io.magpie.Main");
    assertThat(options.wants("W2 dense")).isTrue();
    assertThat(options.wants("W2 sparse")).isFalse();
    assertThat(options.wants("resume storm")).isTrue();
    assertThat(options.rates()).containsExactly(20_000.0, 80_000.0);
    assertThat(options.magpie()).containsExactly("-cp", "a:b", "io.magpie.Main");
  }

  @Test
  void an_unknown_word_is_refused() {
    assertThatThrownBy(() -> Options.of("--node=3")).hasMessageContaining("--node=3");
    assertThatThrownBy(() -> Options.of("nodes")).isInstanceOf(IllegalArgumentException.class);
  }
}
