package io.magpie.identity.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with its cost in the stored text, in PHC form: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Takes tens of milliseconds and {@code memoryKib} of
 * memory: never on an event loop.
 *
 * <p>Passwords are hashed as NFKC (NIST SP 800-63B): what is typed with a Chinese input method in
 * full width is the same password. Nothing is cut off.
 *
 * @param memoryKib memory in KiB
 */
record Argon2(int memoryKib, int iterations, int lanes) {
  /** OWASP's first choice for servers. */
  static final Argon2 STANDARD = new Argon2(19_456, 2, 1);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{43})");

  /** A new salted hash in PHC form. */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib,
            iterations,
            lanes,
            encoder.encodeToString(salt),
            encoder.encodeToString(derive(password, salt)));
  }

  /** Compares with a stored hash, at the cost that it names. */
  static boolean matches(String password, String phc) {
    Matcher form = form(phc);
    byte[] salt = Base64.getDecoder().decode(form.group(4));
    byte[] stored = Base64.getDecoder().decode(form.group(5));
    return MessageDigest.isEqual(stored, of(form).derive(password, salt));
  }

  /** Whether a stored hash has this cost. */
  boolean made(String phc) {
    return of(form(phc)).equals(this);
  }

  private static Matcher form(String phc) {
    Matcher form = PHC.matcher(phc);
    if (!form.matches()) {
      throw new IllegalStateException("a stored password hash is not Argon2id in PHC form");
    }
    return form;
  }

  private static Argon2 of(Matcher form) {
    return new Argon2(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)));
  }

  private byte[] derive(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
