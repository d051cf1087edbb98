package io.magpie.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.bench.workload.Workload;
import io.magpie.bench.workload.Workloads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static List<String> chosen(Options options) {
    return options.chosen(Workloads.all(List.of(), Duration.ofSeconds(1), 0, 1, 1_100)).stream()
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
  void options_of_java_can_be_others_or_none() {
    assertThat(Options.of("--java-options=-Xmx1g -Xint").javaOptions())
        .containsExactly("-Xmx1g", "-Xint");
    assertThat(Options.of("--java-options=").javaOptions()).isEmpty();
  }

  @Test
  void without_the_file_of_options_of_java_it_says_where_to_run() {
    assertThatThrownBy(() -> Options.of("--nodes=1").javaOptions())
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("top folder");
  }

  @Test
  void none_measures_nothing_and_an_unknown_workload_is_refused() {
    assertThat(chosen(Options.of("--workloads=none"))).isEmpty();
    assertThatThrownBy(() -> chosen(Options.of("--workloads=w1,w2")))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("--workloads=w2?")
        .hasMessageContaining("w2-dense");
  }

  @Test
  void no_targets_are_all_and_an_unknown_one_is_refused() {
    assertThat(Targets.chosen(List.of())).startsWith("magpie", "socketio");
    assertThat(Targets.chosen(List.of("vertx"))).containsExactly("vertx");
    assertThatThrownBy(() -> Targets.chosen(List.of("magpie", "centrifugo")))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("--targets=centrifugo?")
        .hasMessageContaining("socketio-postgres");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--node=3", "nodes", "nodes=3", "--nodes", "-nodes=3", ""})
  void an_unknown_word_is_refused(String word) {
    assertThatThrownBy(() -> Options.of("--nodes=3", word))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("What is " + word + "?")
        .hasMessageContaining("java-options");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--stands=0",
        "--stands=-1",
        "--stands=NaN",
        "--messages=-1",
        "--messages=99999",
        "--messages=99999999999",
        "--idle=1000",
        "--idle=1150",
        "--idle=25100",
        "--seconds=0",
        "--seconds=1.5",
        "--seconds=",
        "--rates=abc",
        "--rates=20000,0",
        "--rates=20000,,80000",
        "--nodes=0",
        "--nodes=17",
        "--add=yes"
      })
  void a_value_that_cannot_be_meant_is_refused_before_anything_starts(String word) {
    assertThatThrownBy(() -> Options.of(word))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith(word.substring(0, word.indexOf('=') + 1))
        .hasMessageMatching(
            ".*(a whole number from \\d+ to \\d+ is needed|true or false|groups of a hundred)");
  }

  @Test
  void the_bounds_themselves_are_taken() {
    Options least = Options.of("--stands=1", "--messages=100000", "--seconds=1", "--rates=1");
    assertThat(least.stands()).isEqualTo(1);
    assertThat(least.messages()).isEqualTo(100_000);
    assertThat(least.time()).isEqualTo(Duration.ofSeconds(1));
    assertThat(least.rates()).containsExactly(1.0);
    assertThat(Options.of("--nodes=16", "--add=true").nodes()).isEqualTo(16);
    assertThat(Options.of().stands()).isZero();
  }
}
