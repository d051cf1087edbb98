package io.magpie.presence;

/** What devices tell of a user, by themselves or all together. */
enum Activity {
  GONE("offline"),
  IDLE("away"),
  ACTIVE("online");

  private final String code;

  Activity(String code) {
    this.code = code;
  }

  /** As {@code PresenceState} of the contract writes it. */
  String code() {
    return code;
  }

  /** As the database writes it. */
  short number() {
    return (short) ordinal();
  }

  static Activity ofNumber(int number) {
    return values()[number];
  }
}
