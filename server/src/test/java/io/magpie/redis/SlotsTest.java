package io.magpie.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples of the Redis Cluster specification, and what {@code CLUSTER KEYSLOT} answers. */
class SlotsTest {
  @Test
  void slots_are_those_of_the_specification() {
    assertThat(Slots.of("123456789")).isEqualTo(0x31C3);
    assertThat(Slots.of("foo")).isEqualTo(12182);
    assertThat(Slots.of("")).isZero();
  }

  @Test
  void what_stands_in_the_first_braces_counts_alone() {
    assertThat(Slots.of("{user1000}.following")).isEqualTo(Slots.of("user1000"));
    assertThat(Slots.of("foo{{bar}}zap")).isEqualTo(Slots.of("{bar"));
    assertThat(Slots.of("foo{}{bar}")).isNotEqualTo(Slots.of("bar"));
  }
}
