package io.magpie.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * A designed refusal: what a client is told when its request is not done. Carries no stack trace,
 * it is an answer and not an accident.
 */
public final class RequestError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String field;
  private final long retryAfterMs;

  private RequestError(ErrorCode code, String text, String field, long retryAfterMs) {
    super(text, null, false, false);
    this.code = code;
    this.field = field;
    this.retryAfterMs = retryAfterMs;
  }

  /** With the code's own text. */
  public static RequestError of(ErrorCode code) {
    return new RequestError(code, code.text(), "", -1);
  }

  /** With a text that says more than the code's own; never data of other people, SQL or paths. */
  public static RequestError of(ErrorCode code, String text) {
    return new RequestError(code, text, "", -1);
  }

  /**
   * About one parameter.
   *
   * @param field dotted path of the parameter
   */
  public static RequestError field(ErrorCode code, String field, String text) {
    return new RequestError(code, text, field, -1);
  }

  /** Retryable, but not before {@code wait} is over. */
  public static RequestError retryAfter(ErrorCode code, Duration wait) {
    return new RequestError(code, code.text(), "", wait.toMillis());
  }

  public ErrorCode code() {
    return code;
  }

  public Optional<String> field() {
    return field.isEmpty() ? Optional.empty() : Optional.of(field);
  }

  /** Milliseconds, where a wait is known. */
  public Optional<Long> retryAfterMs() {
    return retryAfterMs < 0 ? Optional.empty() : Optional.of(retryAfterMs);
  }
}
