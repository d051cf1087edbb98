package io.magpie.access;

import java.util.Locale;

/** Roles of a user in the organisation. */
public enum Role {
  SUPER_ADMIN,
  EMPLOYEE,
  GUEST;

  /** As the contract writes it, for example {@code super_admin}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
