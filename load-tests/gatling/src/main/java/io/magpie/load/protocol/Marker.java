package io.magpie.load.protocol;

import java.util.OptionalLong;

/**
 * The time of sending, in front of a text: {@code @1735689600000 …}. Sender and reader compare wall
 * clocks, so all virtual users must live on one machine, or on machines whose clocks agree.
 */
public final class Marker {
  private static final String FILLER = "The magpies build a bridge across the river of stars. ";
  private static final int DIGITS = 13;

  private Marker() {}

  /** A text of so many ASCII characters, at least 15. */
  public static String text(long sentAt, int length) {
    StringBuilder text = new StringBuilder(length + FILLER.length()).append('@').append(sentAt);
    text.append(' ');
    while (text.length() < length) {
      text.append(FILLER);
    }
    text.setLength(Math.max(length, DIGITS + 2));
    text.setCharAt(text.length() - 1, '.');
    return text.toString();
  }

  /** When a text was sent, if a virtual user sent it. */
  public static OptionalLong sentAt(String text) {
    if (text.length() < DIGITS + 2 || text.charAt(0) != '@') {
      return OptionalLong.empty();
    }
    for (int i = 1; i <= DIGITS; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(text, 1, 1 + DIGITS, 10));
  }
}
