package io.magpie.protocol;

import java.util.regex.Pattern;

/**
 * What may be a reaction: one emoji as people see it (UTS 51: with skin tone, joined, a flag, a
 * keycap), or a short name such as {@code ok}. JDK 17 knows no emoji property, so the blocks are
 * listed.
 */
public final class Emoji {
  private static final String PICTURE =
      "[\\x{A9}\\x{AE}\\x{203C}\\x{2049}\\x{2122}\\x{2139}\\x{2194}-\\x{21AA}\\x{231A}-\\x{23FF}"
          + "\\x{24C2}\\x{25AA}-\\x{25FE}\\x{2600}-\\x{27BF}\\x{2934}\\x{2935}\\x{2B05}-\\x{2B55}"
          + "\\x{3030}\\x{303D}\\x{3297}\\x{3299}\\x{1F004}\\x{1F0CF}\\x{1F170}-\\x{1F19A}"
          + "\\x{1F201}-\\x{1F251}\\x{1F300}-\\x{1FAFF}]";

  /** Emoji or text style, skin tone, or the tags of a region's flag. */
  private static final String ELEMENT =
      PICTURE
          + "(?:\\x{FE0F}|[\\x{1F3FB}-\\x{1F3FF}])?(?:[\\x{E0020}-\\x{E007E}]{1,10}\\x{E007F})?";

  private static final Pattern ONE =
      Pattern.compile(
          ELEMENT
              + "(?:\\x{200D}"
              + ELEMENT
              + "){0,8}"
              + "|[\\x{1F1E6}-\\x{1F1FF}]{2}"
              + "|[0-9#*]\\x{FE0F}?\\x{20E3}"
              + "|[a-z][a-z0-9_]{0,31}");

  /** At most 32 code points in all. */
  public static final Pattern FORM = Pattern.compile("(?=.{1,32}$)(?:" + ONE.pattern() + ")");

  private Emoji() {}
}
