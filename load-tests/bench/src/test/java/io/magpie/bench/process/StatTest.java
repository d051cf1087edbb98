package io.magpie.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatTest {
  private static final String LINE =
      "4242 (a (b) c) S 17 4242 4242 0 -1 4194560 1 2 3 4 100 20 3 1 20 0 9 0 555 1000 777 0 0";

  @Test
  void a_line_with_a_name_that_has_parentheses() {
    assertThat(Stat.parse(4242, LINE)).isEqualTo(new Stat(4242, "a (b) c", 17, 124, 777));
  }

  @Test
  void this_process_uses_memory() {
    Family family = new Family().with("test", ProcessHandle.current().pid());
    assertThat(family.residentKib().get("test")).isGreaterThan(1_000);
    assertThat(family.cpuSeconds()).containsKey("test");
  }

  @Test
  void what_was_used_is_the_difference_and_never_negative() {
    assertThat(Family.used(Map.of("a", 1.0, "c", 5.0), Map.of("a", 3.5, "b", 2.0, "c", 4.0)))
        .isEqualTo(Map.of("a", 2.5, "b", 2.0, "c", 0.0));
  }

  @Test
  void the_first_core_is_for_the_server() {
    assertThat(Cores.ofMachine(1)).isEqualTo(new Cores("", ""));
    assertThat(Cores.ofMachine(2)).isEqualTo(new Cores("0", "1"));
    assertThat(Cores.ofMachine(8)).isEqualTo(new Cores("0", "1-7"));
  }
}
