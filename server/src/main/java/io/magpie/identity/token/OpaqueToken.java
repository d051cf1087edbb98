package io.magpie.identity.token;

import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret of 256 random bits that is handed out once; the database holds only its SHA-256, which
 * needs no salt for that much randomness. The prefix says what it is, to people and to scanners for
 * leaked secrets, and keeps one kind from being tried as another.
 */
public record OpaqueToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** What a token opens. */
  public enum Kind {
    REFRESH("mr_"),
    COOKIE("mc_"),
    LINK("ml_"),
    APP_KEY("mk_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  public static OpaqueToken random(Kind kind) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return of(kind, bytes);
  }

  static OpaqueToken of(Kind kind, byte[] bytes) {
    return new OpaqueToken(
        kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether a text could be a token of this kind; a look before the database is asked. */
  public static boolean looksLike(Kind kind, String text) {
    return text.startsWith(kind.prefix) && text.length() <= 128;
  }

  /** What is stored. */
  public Buffer hash() {
    return Sha256.of(value);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OpaqueToken";
  }
}
