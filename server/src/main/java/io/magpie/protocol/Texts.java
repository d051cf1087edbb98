package io.magpie.protocol;

import java.nio.charset.StandardCharsets;

/** What may be stored as text. */
public final class Texts {
  private Texts() {}

  /** Whether every surrogate has its partner and no NUL is inside (PostgreSQL cannot store it). */
  public static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      } else if (Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it can be shown on one line without surprises: no control and no bidi characters. */
  public static boolean plainLine(String text) {
    return storable(text) && text.codePoints().noneMatch(Texts::surprising) && !zalgo(text);
  }

  /** Whether it can be shown as several lines: control characters only line break and tab. */
  public static boolean plainText(String text) {
    return storable(text)
        && text.codePoints()
            .noneMatch(c -> c < 0x20 && c != '\n' && c != '\t' && c != '\r' || c == 0x7F);
  }

  /** Bidi overrides and isolates turn names around (CVE-2021-42574 class). */
  private static boolean surprising(int c) {
    return Character.isISOControl(c)
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069
        || c == 0x200E
        || c == 0x200F
        || c == 0x2028
        || c == 0x2029
        || c == 0xFEFF;
  }

  /** More than eight combining marks on one character paint over the lines around. */
  private static boolean zalgo(String text) {
    int run = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int type = Character.getType(text.codePointAt(i));
      boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
      run = mark ? run + 1 : 0;
      if (run > 8) {
        return true;
      }
    }
    return false;
  }

  public static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  public static int utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
