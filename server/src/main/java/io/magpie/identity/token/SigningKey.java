package io.magpie.identity.token;

import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs access tokens.
 *
 * @param id stands in the token's {@code kid}; 1 to 32 of letters, digits, dash, underscore
 * @param secret for HMAC-SHA-256, 32 bytes or more
 */
public record SigningKey(String id, SecretKeySpec secret) {
  /** Fewer bytes than the hash has would be the weakest part (RFC 7518, section 3.2). */
  public static final int MIN_BYTES = 32;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  public SigningKey {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the id of a token key has 1 to 32 of A-Z a-z 0-9 _ -");
    }
    if (secret.getEncoded().length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the token key " + id + " has fewer than " + MIN_BYTES + " bytes");
    }
  }

  public static SigningKey of(String id, byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the token key " + id + " has fewer than " + MIN_BYTES + " bytes");
    }
    return new SigningKey(id, new SecretKeySpec(secret, Hmac.ALGORITHM));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
