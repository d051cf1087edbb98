package io.magpie.storage;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Turns failures of the database into what a client is told. */
final class SqlFailures {
  /** How the client says that a statement came after the end of its connection. */
  private static final String CLOSED = "Connection is not active now";

  private SqlFailures() {}

  static Throwable translate(Throwable failure) {
    if (failure instanceof RequestError || failure instanceof OutcomeUnknown) {
      return failure;
    }
    if (failure instanceof PgException pg) {
      return ofState(pg);
    }
    if (failure instanceof TimeoutException) {
      return RequestError.of(ErrorCode.TIMEOUT);
    }
    return connectionLost(failure) ? RequestError.of(ErrorCode.UNAVAILABLE) : failure;
  }

  /** Whether this connection must not be used again. */
  static boolean connectionLost(Throwable failure) {
    if (failure instanceof PgException pg) {
      return lostState(String.valueOf(pg.getSqlState()));
    }
    String message = String.valueOf(failure.getMessage());
    return failure instanceof IOException
        || failure instanceof ClosedConnectionException
        || failure instanceof TimeoutException
        || message.startsWith("Timeout")
        || message.startsWith(CLOSED);
  }

  /**
   * Whether the whole transaction may simply be tried again: deadlock, serialization failure, or a
   * client id that another transaction stored at the same moment (then the retry finds it).
   */
  static boolean victim(Throwable failure) {
    return failure instanceof PgException pg
        && ("40P01".equals(pg.getSqlState())
            || "40001".equals(pg.getSqlState())
            || "23505".equals(pg.getSqlState())
                && String.valueOf(pg.getConstraint()).startsWith("client_write"));
  }

  private static Throwable ofState(PgException pg) {
    String state = String.valueOf(pg.getSqlState());
    if (lostState(state) || state.equals("53300")) {
      return RequestError.of(ErrorCode.UNAVAILABLE);
    }
    return switch (state) {
      case "53100" -> RequestError.of(ErrorCode.STORAGE_FULL);
      case "57014", "55P03", "40P01", "40001" -> RequestError.of(ErrorCode.TIMEOUT);
      default -> pg;
    };
  }

  /** Class 08, a server that shuts down or starts, and one that became read-only (P11). */
  private static boolean lostState(String state) {
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("25006")
        || state.equals("58030");
  }
}
