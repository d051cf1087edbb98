package io.magpie.identity.password;

/** What a comparison says. */
public enum PasswordMatch {
  WRONG,
  RIGHT,
  /** Right, and the stored hash has an old cost: store a new one. */
  RIGHT_BUT_OLD
}
