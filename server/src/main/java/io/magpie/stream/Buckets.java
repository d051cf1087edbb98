package io.magpie.stream;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The partition bucket of an event: its month in UTC as {@code yyyymm}. */
public final class Buckets {
  private Buckets() {}

  public static int of(Instant at) {
    LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
    return day.getYear() * 100 + day.getMonthValue();
  }
}
