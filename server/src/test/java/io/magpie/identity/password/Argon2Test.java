package io.magpie.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2Test {
  private static final Argon2 CHEAP = new Argon2(64, 1, 1);

  @Test
  void the_standard_cost_stands_in_the_hash() {
    String hash = Argon2.STANDARD.hash("password");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Argon2.matches("password", hash)).isTrue();
    assertThat(Argon2.matches("Password", hash)).isFalse();
    assertThat(Argon2.STANDARD.made(hash)).isTrue();
    assertThat(CHEAP.made(hash)).isFalse();
  }

  /**
   * From the test vectors of the reference implementation (P-H-C/phc-winner-argon2, src/test.c).
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void hashes_of_the_reference_implementation_are_understood(String stored) {
    assertThat(Argon2.matches("password", stored)).isTrue();
    assertThat(Argon2.matches("differentpassword", stored)).isFalse();
  }

  @Test
  void each_hash_has_its_own_salt() {
    assertThat(CHEAP.hash("same")).isNotEqualTo(CHEAP.hash("same"));
  }

  @Test
  void the_old_cost_of_a_hash_is_used_to_compare() {
    assertThat(Argon2.matches("password", new Argon2(128, 3, 2).hash("password"))).isTrue();
  }

  @Test
  void full_width_typing_is_the_same_password() {
    String hash = CHEAP.hash("ｐａｓｓ１２３é");
    assertThat(Argon2.matches("pass123e\u0301", hash)).isTrue();
  }

  @Test
  void nothing_is_cut_off() {
    String hash = CHEAP.hash("长".repeat(256));
    assertThat(Argon2.matches("长".repeat(255) + "短", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
        "$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=99999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void other_forms_are_an_accident(String stored) {
    assertThatThrownBy(() -> Argon2.matches("password", stored))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("password,");
  }
}
