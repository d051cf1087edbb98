package io.magpie.identity;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A picture made from a name: for a Chinese name its last two characters, which is how colleagues
 * are called; otherwise the initials of the first and last word. The colour comes from the id and
 * stays when the name changes. White on every colour has a contrast of 4.5 : 1 or more (WCAG
 * 1.4.3).
 *
 * @param title the whole name, for screen readers
 */
record Avatar(String letters, String colour, String title) {
  private static final List<String> COLOURS =
      List.of(
          "#1d5fbf", "#7a3fb0", "#b02a5b", "#b3361e", "#8a5a00", "#4d6b00", "#00734d", "#00708a",
          "#4a52c2", "#9b2f86", "#5f6368", "#84502c");

  static Avatar of(User user) {
    return new Avatar(letters(user.displayName()), colour(user.id()), user.displayName());
  }

  private static String colour(UUID id) {
    return COLOURS.get(Math.floorMod(id.hashCode(), COLOURS.size()));
  }

  static String letters(String name) {
    int[] han = name.codePoints().filter(Avatar::isHan).toArray();
    if (han.length > 0) {
      int from = Math.max(0, han.length - 2);
      return new String(han, from, han.length - from);
    }
    String[] words = name.strip().split("[\\s._-]+");
    String first = initial(words[0]);
    String last = words.length > 1 ? initial(words[words.length - 1]) : "";
    String letters = first + last;
    return letters.isEmpty() ? "?" : letters.toUpperCase(Locale.ROOT);
  }

  private static boolean isHan(int c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }

  private static String initial(String word) {
    return word.codePoints()
        .filter(Character::isLetterOrDigit)
        .limit(1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** 64 by 64; no script, no reference, no font of its own. */
  String svg() {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="%s">\
        <title>%s</title><rect width="64" height="64" fill="%s"/>\
        <text x="32" y="32" fill="#fff" font-family="sans-serif" font-size="%d" \
        text-anchor="middle" dominant-baseline="central">%s</text></svg>
        """
        .formatted(
            escape(title),
            escape(title),
            colour,
            letters.codePointCount(0, letters.length()) > 1 ? 24 : 30,
            escape(letters));
  }

  /** As text and as a value in quotes; what XML 1.0 does not know becomes U+FFFD. */
  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.append(escape(c)));
    return out.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> c < 0x20 || c == 0xFFFE || c == 0xFFFF ? "\uFFFD" : Character.toString(c);
    };
  }
}
