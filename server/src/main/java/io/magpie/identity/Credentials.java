package io.magpie.identity;

/**
 * What is needed to check a password.
 *
 * @param passwordHash empty: cannot log in with a password
 * @param knownAddress logged in from the present address within the last 30 days
 */
record Credentials(Account account, String passwordHash, boolean knownAddress) {

  boolean mayUsePassword() {
    return !passwordHash.isEmpty() && !account.disabled();
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Credentials[" + account.id() + "]";
  }
}
