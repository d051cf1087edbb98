package io.magpie.backup;

/** Why a backup, a restore or a check did not happen: a sentence and a stable code. */
public final class BackupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  BackupFailure(String code, String message) {
    super(message);
    this.code = code;
  }

  BackupFailure(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Lower case and hyphenated, as {@code backup-damaged}. */
  public String code() {
    return code;
  }
}
