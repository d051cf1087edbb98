package io.magpie.load.people;

/** A request of the preparation that the server refused. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Problem(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  /** As in {@code errors.yaml}. */
  String code() {
    return code;
  }
}
