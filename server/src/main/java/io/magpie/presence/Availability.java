package io.magpie.presence;

import java.util.Locale;

/** {@code Availability} of the contract: what a user chose to be shown as. */
enum Availability {
  AUTO,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  OFFLINE;

  static final String[] CODES = {"auto", "away", "busy", "do_not_disturb", "offline"};

  /** As the contract and the database write it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Availability ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /**
   * What others see.
   *
   * @return a code of {@code PresenceState}
   */
  String shown(Activity devices) {
    if (devices == Activity.GONE) {
      return OFFLINE.code();
    }
    return this == AUTO ? devices.code() : code();
  }
}
