package io.magpie.storage;

/** This binary and the schema of the database do not fit each other; nothing was changed. */
public final class SchemaMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  SchemaMismatch(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** {@code binary-too-old} or {@code schema-too-old}. */
  public String code() {
    return code;
  }
}
