package io.magpie.app.config;

import java.util.Base64;

/**
 * A key that signs access tokens.
 *
 * @param id the key id in a token's header
 * @param base64 at least 32 bytes, in standard or URL-safe base64
 */
public record TokenKey(String id, Secret base64) {
  private static final int MIN_BYTES = 32;

  /**
   * Reads {@code id:base64}.
   *
   * @throws IllegalArgumentException when the id has other characters than letters, digits, dot,
   *     dash and underscore, or the key is not base64 or too short
   */
  static TokenKey parse(String text) {
    String[] parts = text.split(":", 2);
    if (parts.length != 2 || !parts[0].matches("[A-Za-z0-9._-]{1,40}")) {
      throw new IllegalArgumentException("not id:base64");
    }
    TokenKey key = new TokenKey(parts[0], new Secret(parts[1]));
    if (key.bytes().length < MIN_BYTES) {
      throw new IllegalArgumentException("shorter than " + MIN_BYTES + " bytes");
    }
    return key;
  }

  /** The key itself. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(base64.value().replace('-', '+').replace('_', '/'));
  }
}
