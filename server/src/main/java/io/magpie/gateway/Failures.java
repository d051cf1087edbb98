package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of a failure. Accidents get a correlation id and are logged with it. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * @param where operation or place, for the log
   */
  public static ErrorBody body(Throwable failure, String where) {
    if (failure instanceof RequestError refused) {
      return ErrorBody.of(refused);
    }
    if (failure instanceof TimeoutException) {
      return ErrorBody.of(RequestError.of(ErrorCode.TIMEOUT));
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.atError()
        .addKeyValue("correlationId", id)
        .addKeyValue("where", where)
        .setCause(failure)
        .log("request failed inside");
    return ErrorBody.internal(id);
  }

  /** The close code where a connection ends with this failure. */
  static CloseCode close(Throwable failure) {
    if (failure instanceof RequestError refused) {
      return switch (refused.code()) {
        case UNAUTHENTICATED, TOKEN_EXPIRED, SESSION_REVOKED, WRONG_CREDENTIALS, HELLO_TIMEOUT ->
            CloseCode.UNAUTHENTICATED;
        case OTHER_SUBJECT -> CloseCode.POLICY;
        case UNAVAILABLE, OVERLOADED, STORAGE_FULL, TIMEOUT -> CloseCode.TRY_LATER;
        case RATE_LIMITED, TOO_MANY_CONNECTIONS -> CloseCode.RATE_LIMITED;
        case SHUTTING_DOWN -> CloseCode.RESTART;
        case SLOW_CONSUMER, IDLE_TIMEOUT -> CloseCode.SLOW;
        case SUPERSEDED -> CloseCode.SUPERSEDED;
        case FRAME_TOO_LARGE -> CloseCode.TOO_LARGE;
        case INVALID_UTF8 -> CloseCode.INVALID_UTF8;
        case BINARY_REFUSED -> CloseCode.BINARY_REFUSED;
        case INTERNAL -> CloseCode.INTERNAL;
        default -> CloseCode.BAD_FRAME;
      };
    }
    return CloseCode.INTERNAL;
  }
}
