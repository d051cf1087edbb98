package io.magpie.membership;

import java.util.Locale;

/** What a conversation is. */
public enum ConversationKind {
  /** Exactly two users, once per pair; nobody is invited, leaves or is removed. */
  DIRECT(1),
  GROUP(2);

  private final short number;

  ConversationKind(int number) {
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

  public static ConversationKind ofNumber(int number) {
    return values()[number - 1];
  }
}
