package io.magpie.app;

/**
 * A reason not to start that a person can act on: one sentence and a short key, without a stack
 * trace. {@code Main} prints the message and ends with an exit code other than zero.
 *
 * <p>Keys are stable, lower case and hyphenated ({@code data-directory-in-use}), so that scripts
 * and tests need not read the sentence. Messages never hold a secret.
 */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public StartFailure(String code, String message) {
    super(message);
    this.code = code;
  }

  public StartFailure(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The stable key of this failure. */
  public String code() {
    return code;
  }
}
