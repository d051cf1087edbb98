package io.magpie.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Access tokens that must not be taken, made with the very key of {@link TestServer}. */
public final class ForgedTokens {
  private static final byte[] KEY =
      "a test secret that is long enough".getBytes(StandardCharsets.US_ASCII);

  private ForgedTokens() {}

  /** By what is wrong with them. */
  public static Map<String, String> of(TestUser user) {
    Map<String, String> forged = new LinkedHashMap<>();
    String good = user.token();
    String[] parts = good.split("\\.");
    forged.put("S-A07 alg none", part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
    forged.put("S-A07 no signature", parts[0] + "." + parts[1] + ".");
    forged.put("S-A07 two parts", parts[0] + "." + parts[1]);
    forged.put(
        "S-A08 another algorithm with the key",
        signed("{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"k1\"}", user, c -> {}));
    forged.put(
        "S-A08 a key of its own in the header",
        signed(
            "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"k1\",\"jwk\":{\"kty\":\"oct\"}}",
            user,
            c -> {}));
    forged.put("S-A08 an unknown key id", signed(header("k2"), user, c -> {}));
    forged.put(
        "S-A10 a signature of zeros",
        parts[0] + "." + parts[1] + "." + Base64.getUrlEncoder().encodeToString(new byte[64]));
    forged.put("S-A11 expired by 61 s", signed(header("k1"), user, c -> c.put("exp", in(-62))));
    forged.put(
        "S-A11 not before 61 s from now", signed(header("k1"), user, c -> c.put("nbf", in(63))));
    forged.put("S-A11 no expiry", signed(header("k1"), user, c -> c.remove("exp")));
    forged.put(
        "S-A11 an expiry as text", signed(header("k1"), user, c -> c.put("exp", "9999999999")));
    forged.put("S-A12 another use", signed(header("k1"), user, c -> c.put("use", "file")));
    forged.put("S-A13 another issuer", signed(header("k1"), user, c -> c.put("iss", "staging")));
    forged.put("S-A13 another audience", signed(header("k1"), user, c -> c.put("aud", "staging")));
    forged.put(
        "S-A13 a list of audiences",
        signed(header("k1"), user, c -> c.putArray("aud").add("magpie")));
    forged.put(
        "a session that never was",
        signed(header("k1"), user, c -> c.put("sid", UUID.randomUUID().toString())));
    forged.put(
        "the session of somebody else",
        signed(header("k1"), user, c -> c.put("sub", UUID.randomUUID().toString())));
    forged.put("one letter changed", flip(good));
    forged.put("rubbish", "rubbish");
    forged.put("empty parts", "..");
    forged.put("too long", "a".repeat(2_000) + "." + "b".repeat(100) + ".c");
    return forged;
  }

  /** A token that differs from a good one in some claims only. */
  public static String signed(TestUser user, Consumer<ObjectNode> change) {
    return signed(header("k1"), user, change);
  }

  private static String header(String kid) {
    return "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
  }

  private static String signed(String header, TestUser user, Consumer<ObjectNode> change) {
    String payload = user.token().split("\\.")[1];
    ObjectNode claims =
        Json.readOwn(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    change.accept(claims);
    String text = part(header) + "." + part(claims.toString());
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(text));
  }

  public static long in(int seconds) {
    return Instant.now().getEpochSecond() + seconds;
  }

  private static String flip(String token) {
    int at = token.indexOf('.') + 5;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
