package io.magpie.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.bench.workload.Workload;
import io.magpie.bench.workload.Workloads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static List<String> chosen(Options options) {
    return options.chosen(Workloads.all(List.of(), Duration.ofSeconds(1), 0, 1)).stream()
        .map(Workload::name)
        .toList();
  }

  @Test
  void without_words_everything_is_measured() {
    Options options = Options.of();
    assertThat(options.targets()).isEmpty();
    assertThat(options.rates()).isEmpty();
    assertThat(chosen(options)).hasSize(10).startsWith("W1", "W2 dense");
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
    assertThat(chosen(options)).containsExactly("W2 dense", "resume storm");
    assertThat(options.rates()).containsExactly(20_000.0, 80_000.0);
    assertThat(options.magpie()).containsExactly("-cp", "a:b", "io.magpie.Main");
  }

  @Test
  void none_measures_nothing_and_an_unknown_workload_is_refused() {
    assertThat(chosen(Options.of("--workloads=none"))).isEmpty();
    assertThatThrownBy(() -> chosen(Options.of("--workloads=w1,w2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("w2?")
        .hasMessageContaining("w2-dense");
  }

  @Test
  void an_unknown_word_is_refused() {
    assertThatThrownBy(() -> Options.of("--node=3")).hasMessageContaining("--node=3");
    assertThatThrownBy(() -> Options.of("nodes")).isInstanceOf(IllegalArgumentException.class);
  }
}
