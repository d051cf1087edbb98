package io.magpie.identity;

/**
 * {@code AppKeySecret} of the contract.
 *
 * @param key the secret, shown once
 */
public record AppKeySecret(App app, String key) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "AppKeySecret[" + app.id() + "]";
  }
}
