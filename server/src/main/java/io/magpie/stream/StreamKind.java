package io.magpie.stream;

import java.util.Locale;

/** What a stream is the log of. */
public enum StreamKind {
  CONVERSATION(1),
  INBOX(2);

  private final short number;

  StreamKind(int number) {
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

  public static StreamKind ofNumber(int number) {
    for (StreamKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no stream kind " + number);
  }
}
