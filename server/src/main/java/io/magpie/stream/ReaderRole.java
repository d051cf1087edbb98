package io.magpie.stream;

import java.util.Locale;

/** What a reader is in a stream; ordered, a later one may do what an earlier one may. */
public enum ReaderRole {
  MEMBER(1),
  ADMIN(2),
  OWNER(3);

  private final short number;

  ReaderRole(int number) {
    this.number = (short) number;
  }

  /** As stored. */
  public short number() {
    return number;
  }

  /** As the contract writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean atLeast(ReaderRole other) {
    return number >= other.number;
  }

  public static ReaderRole ofNumber(int number) {
    return values()[number - 1];
  }

  public static ReaderRole ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
