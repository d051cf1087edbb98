package io.magpie.protocol;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** RFC 3339 in UTC with milliseconds, for example {@code 2026-01-31T08:15:30.125Z}. */
public final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  public static String format(Instant at) {
    return FORMAT.format(at);
  }

  /**
   * Reads a time in UTC, with up to nine digits of a second.
   *
   * @throws DateTimeParseException for anything else
   */
  public static Instant parse(String text) {
    if (!text.endsWith("Z") || text.length() < 20) {
      throw new DateTimeParseException("not in UTC", text, 0);
    }
    return Instant.parse(text);
  }
}
