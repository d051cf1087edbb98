package io.magpie.identity.password;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.Texts;
import java.text.Normalizer;
import java.util.Locale;

/** What may be sent as a password, checked before anything is hashed (S-A23). */
public final class PasswordFields {
  /** Code points at most. */
  public static final int MAX_LENGTH = 256;

  /** UTF-8 bytes at most. */
  public static final int MAX_BYTES = 1_024;

  /** Code points of a new password at least (NIST SP 800-63B). */
  public static final int MIN_NEW_LENGTH = 8;

  private PasswordFields() {}

  /** A password as somebody typed it. */
  public static String read(Params params, String name) {
    String password = params.secret(name, MAX_LENGTH);
    if (Texts.utf8Bytes(password) > MAX_BYTES) {
      throw params.error(ErrorCode.TEXT_TOO_LONG, name, "has more than " + MAX_BYTES + " bytes");
    }
    return password;
  }

  /**
   * Refuses a new password that is too short or is the user name.
   *
   * @throws RequestError {@code password_too_weak}
   */
  public static void requireStrong(String password, String username) {
    String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    if (Texts.codePoints(normal.strip()) < MIN_NEW_LENGTH
        || normal.strip().toLowerCase(Locale.ROOT).equals(username)) {
      throw RequestError.of(ErrorCode.PASSWORD_TOO_WEAK);
    }
  }
}
