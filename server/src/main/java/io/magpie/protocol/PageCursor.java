package io.magpie.protocol;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Opaque cursors of pages: the sort keys of the last row, so that the next page starts behind it
 * even where rows came or went meanwhile.
 */
public final class PageCursor {
  private static final String SEPARATOR = "\n";
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private PageCursor() {}

  /** The cursor behind a row with these keys. Keys are single lines. */
  public static String of(Object... keys) {
    StringBuilder text = new StringBuilder();
    for (Object key : keys) {
      text.append(text.isEmpty() ? "" : SEPARATOR).append(key);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the keys back.
   *
   * @param read turns the keys into a position; whatever it throws means a forged cursor
   * @throws RequestError {@code invalid_field}
   */
  public static <T> T read(String cursor, Function<List<String>, T> read) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (Texts.storable(text)) {
        return read.apply(List.of(text.split(SEPARATOR, -1)));
      }
    } catch (RuntimeException e) {
      throw forged();
    }
    throw forged();
  }

  /** A key that is a time, as {@link Instant#toString} writes it; only years that are stored. */
  public static Instant time(String key) {
    Instant time = Instant.parse(key);
    if (time.isBefore(Instant.EPOCH) || !time.isBefore(END)) {
      throw new DateTimeException(key);
    }
    return time;
  }

  private static RequestError forged() {
    return RequestError.field(
        ErrorCode.INVALID_FIELD, "cursor", "cursor is not one that this server gave.");
  }
}
