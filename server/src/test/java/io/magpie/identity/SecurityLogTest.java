package io.magpie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecurityLogTest {
  @Test
  void values_from_outside_cannot_begin_a_line_colour_a_terminal_or_turn_text_around() {
    assertThat(SecurityLog.clean("a\r\nb\u001b[31mc\u202ed\u2028e\u0085f"))
        .isEqualTo("a??b?[31mc?d?e?f");
    assertThat(SecurityLog.clean("${jndi:ldap://x}")).isEqualTo("${jndi:ldap://x}");
  }

  @Test
  void values_are_cut() {
    assertThat(SecurityLog.clean("x".repeat(5_000))).hasSize(200);
  }
}
