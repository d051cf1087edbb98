package io.magpie.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MagpieWireTest {
  private static final String ERROR =
      "{\"type\":\"reply\",\"id\":1,\"ok\":false,\"error\":{\"code\":\"%s\",\"retryable\":%s}}";

  @Test
  void a_refusal_is_told_with_its_code_and_whether_it_is_for_good() {
    assertThat(MagpieWire.why(ERROR.formatted("overloaded", true))).isEqualTo("overloaded");
    assertThat(MagpieWire.why(ERROR.formatted("forbidden", false)))
        .isEqualTo("forbidden, for good");
    assertThat(MagpieWire.why("{}")).isEqualTo("without a code, for good");
  }
}
