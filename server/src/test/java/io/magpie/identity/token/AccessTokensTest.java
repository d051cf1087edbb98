package io.magpie.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.identity.TestClock;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.RequestError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final SigningKey NEW_KEY = key("new");
  private static final SigningKey OLD_KEY = key("old");
  private static final UUID USER = UUID.randomUUID();
  private static final UUID SESSION = UUID.randomUUID();

  private final TestClock clock = new TestClock();
  private final AccessTokens tokens = tokens("magpie", NEW_KEY, OLD_KEY);

  private static SigningKey key(String id) {
    return SigningKey.of(
        id, (id + " secret of thirty-two bytes or more").getBytes(StandardCharsets.US_ASCII));
  }

  private AccessTokens tokens(String audience, SigningKey... keys) {
    return new AccessTokens(
        TokenSettings.of(List.of(keys), "https://chat.example", audience), clock);
  }

  private ErrorCode refusal(String token) {
    try {
      tokens.verify(token);
    } catch (RequestError e) {
      return e.code();
    }
    throw new AssertionError("accepted " + token);
  }

  private String valid() {
    return tokens.issue(USER, SESSION).value();
  }

  /** A token with a good signature over whatever header and claims. */
  private String signed(String header, Consumer<ObjectNode> change) {
    long now = clock.instant().getEpochSecond();
    ObjectNode claims =
        Json.object()
            .put("iss", "https://chat.example")
            .put("aud", "magpie")
            .put("sub", USER.toString())
            .put("sid", SESSION.toString())
            .put("use", "access")
            .put("iat", now)
            .put("nbf", now)
            .put("exp", now + 600);
    change.accept(claims);
    String text = encode(header) + "." + encode(Json.write(claims));
    return text
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Hmac.sign(NEW_KEY.secret(), text));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"new\"}";

  @Test
  void a_token_says_who_and_until_when() {
    AccessToken token = tokens.issue(USER, SESSION);
    AccessClaims claims = tokens.verify(token.value());
    assertThat(claims.user()).isEqualTo(USER);
    assertThat(claims.session()).isEqualTo(SESSION);
    assertThat(claims.expiresAt())
        .isEqualTo(token.expiresAt())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(tokens.verify(signed(HEADER, claim -> {})).user()).isEqualTo(USER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"new\"}",
        "{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"new\"}",
        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"new\"}",
        "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"new\"}",
        "{\"alg\":\"hs256\",\"typ\":\"JWT\",\"kid\":\"new\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"unknown\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"../../dev/null\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"new\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"new\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"new\",\"x5c\":[\"MIIB\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"new\",\"jku\":\"https://evil.example\"}",
      })
  void headers_of_others_are_refused_even_with_a_good_signature(String header) {
    assertThat(refusal(signed(header, claim -> {}))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void unsigned_and_wrongly_signed_tokens_are_refused() {
    String token = valid();
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    String zeros = "A".repeat(43);
    assertThat(refusal(unsigned)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(unsigned + zeros)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(unsigned + "A".repeat(86))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(token + "A")).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(token + "=")).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(token + ".")).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(encode("{\"alg\":\"none\"}") + token.substring(token.indexOf('.'))))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  /** The last character of a signature holds two bits that decoders ignore. */
  @Test
  void another_spelling_of_the_signature_is_refused() {
    String token = valid();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    String other = token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
    assertThat(refusal(other)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "...", "a.b", "a.b.c", "Bearer x", "mr_x", "\u0000.\ud800.x"})
  void what_is_no_token_is_refused(String token) {
    assertThat(refusal(token)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(token + "x".repeat(3_000))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void changed_claims_are_refused() {
    String[] parts = valid().split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String other = encode(claims.replace(USER.toString(), UUID.randomUUID().toString()));
    assertThat(refusal(parts[0] + "." + other + "." + parts[2]))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void leeway_is_sixty_seconds_both_ways() {
    String token = valid();
    clock.advance(Duration.ofMinutes(10).plusSeconds(59));
    assertThat(tokens.verify(token).user()).isEqualTo(USER);
    clock.advance(Duration.ofSeconds(2));
    assertThat(refusal(token)).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    long now = clock.instant().getEpochSecond();
    assertThat(tokens.verify(signed(HEADER, claim -> claim.put("nbf", now + 59))).user())
        .isEqualTo(USER);
    assertThat(refusal(signed(HEADER, claim -> claim.put("nbf", now + 61))))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void tokens_for_something_else_are_refused() {
    List<Consumer<ObjectNode>> changes =
        List.of(
            claim -> claim.put("use", "refresh"),
            claim -> claim.remove("use"),
            claim -> claim.put("aud", "magpie-test"),
            claim -> claim.putArray("aud").add("magpie"),
            claim -> claim.put("iss", "https://other.example"),
            claim -> claim.remove("exp"),
            claim -> claim.put("exp", "9999999999"),
            claim -> claim.put("exp", 9.5e9),
            claim -> claim.put("exp", Long.MAX_VALUE),
            claim -> claim.remove("nbf"),
            claim -> claim.put("sub", "1"),
            claim -> claim.remove("sid"));
    for (Consumer<ObjectNode> change : changes) {
      assertThat(refusal(signed(HEADER, change))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    assertThat(refusal(tokens("staging", NEW_KEY).issue(USER, SESSION).value()))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void keys_rotate() {
    String before = tokens("magpie", OLD_KEY).issue(USER, SESSION).value();
    assertThat(tokens.verify(before).user()).isEqualTo(USER);
    assertThatThrownBy(() -> tokens("magpie", NEW_KEY).verify(before))
        .isInstanceOf(RequestError.class);
    assertThatThrownBy(() -> tokens("magpie", OLD_KEY).verify(valid()))
        .isInstanceOf(RequestError.class);
  }

  @Test
  void there_is_no_server_without_a_good_key() {
    assertThatThrownBy(() -> TokenSettings.of(List.of(), "i", "a"))
        .hasMessageContaining("no token key");
    assertThatThrownBy(() -> SigningKey.of("short", new byte[31]))
        .hasMessageContaining("fewer than 32 bytes");
    assertThatThrownBy(() -> SigningKey.of("empty", new byte[0]))
        .hasMessageContaining("fewer than 32 bytes");
    assertThatThrownBy(() -> TokenSettings.of(List.of(NEW_KEY, key("new")), "i", "a"))
        .hasMessageContaining("new");
    assertThat(NEW_KEY).hasToString("SigningKey[new]");
  }
}
