package io.magpie.testkit.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Finds a word in a stream of bytes, also where it was torn apart. */
final class PatternSearch {
  private String tail = "";

  /**
   * How often the pattern ends in these bytes; they are left unread.
   *
   * @param pattern ASCII; the empty one is never found
   */
  int count(String pattern, ByteBuf bytes) {
    if (pattern.isEmpty()) {
      tail = "";
      return 0;
    }
    String text = tail + bytes.toString(StandardCharsets.ISO_8859_1);
    int found = 0;
    int after = 0;
    for (int at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, after)) {
      found++;
      after = at + pattern.length();
    }
    tail = text.substring(Math.max(after, text.length() - pattern.length() + 1));
    return found;
  }
}
