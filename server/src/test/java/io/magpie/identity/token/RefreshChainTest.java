package io.magpie.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefreshChainTest {
  private final OpaqueToken token = OpaqueToken.random(OpaqueToken.Kind.REFRESH);

  private static RefreshChain chain(String... ids) {
    List<SigningKey> keys =
        Stream.of(ids)
            .map(id -> SigningKey.of(id, id.repeat(32).getBytes(StandardCharsets.US_ASCII)))
            .toList();
    return new RefreshChain(TokenSettings.of(keys, "i", "a"));
  }

  @Test
  void the_same_token_has_the_same_successor_and_others_another() {
    OpaqueToken next = chain("a").next(token);
    assertThat(chain("a").next(token)).isEqualTo(next).isNotEqualTo(token);
    assertThat(chain("a").next(next)).isNotEqualTo(next);
    assertThat(chain("b").next(token)).isNotEqualTo(next);
    assertThat(OpaqueToken.looksLike(OpaqueToken.Kind.REFRESH, next.value())).isTrue();
  }

  @Test
  void what_was_given_is_found_while_its_key_is_there() {
    OpaqueToken given = chain("a").next(token);
    assertThat(chain("b", "a").given(token, given.hash())).contains(given);
    assertThat(chain("b").given(token, given.hash())).isEmpty();
  }

  @Test
  void secrets_do_not_show_in_text() {
    assertThat(token.toString()).doesNotContain(token.value());
    assertThat(token.value()).hasSize(3 + 43);
  }
}
