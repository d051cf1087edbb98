package io.magpie.protocol;

import java.util.Optional;

/** {@code Error} of the contract: what stands in a reply or an error frame. */
public record ErrorBody(
    String code,
    String message,
    Optional<String> field,
    boolean retryable,
    Optional<Long> retryAfterMs,
    Optional<String> correlationId) {

  public static ErrorBody of(RequestError e) {
    return new ErrorBody(
        e.code().code(),
        e.getMessage(),
        e.field(),
        e.code().retryable(),
        e.retryAfterMs(),
        Optional.empty());
  }

  /** An accident inside; the id is written to the log beside the cause. */
  public static ErrorBody internal(String correlationId) {
    ErrorCode code = ErrorCode.INTERNAL;
    return new ErrorBody(
        code.code(),
        code.text(),
        Optional.empty(),
        code.retryable(),
        Optional.empty(),
        Optional.of(correlationId));
  }
}
