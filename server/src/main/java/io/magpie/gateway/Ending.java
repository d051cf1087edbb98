package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How one connection ends, once: at once, or when what is open was answered. On its event loop. */
final class Ending {
  private static final Duration QUIET_CHECK = Duration.ofMillis(20);
  private static final int REASON_CHARS = 100;

  private final Loop loop;
  private final ServerWebSocket socket;
  private final Farewell farewell;
  private final Consumer<CloseCode> told;
  private Optional<RequestError> leaving = Optional.empty();
  private boolean over;

  /**
   * @param malformed told of bytes that are no frames; must end the connection
   * @param told that it has ended, once
   */
  Ending(
      Loop loop, ServerWebSocket socket, Consumer<Throwable> malformed, Consumer<CloseCode> told) {
    this.loop = loop;
    this.socket = socket;
    this.farewell = Farewell.of((WebSocketInternal) socket, malformed);
    this.told = told;
  }

  boolean over() {
    return over;
  }

  /** Why no more requests are taken, once that is so. */
  Optional<RequestError> leaving() {
    return leaving;
  }

  /**
   * Ends it when it is quiet.
   *
   * @param grace when it ends at the latest
   */
  void leave(CloseCode code, RequestError why, Duration grace, BooleanSupplier quiet) {
    if (!over && leaving.isEmpty()) {
      leaving = Optional.of(why);
      endWhenQuiet(code, why, System.nanoTime() + grace.toNanos(), quiet);
    }
  }

  private void endWhenQuiet(
      CloseCode code, RequestError why, long deadline, BooleanSupplier quiet) {
    if (quiet.getAsBoolean() || System.nanoTime() - deadline > 0) {
      end(code, why);
    } else {
      loop.later(QUIET_CHECK, () -> endWhenQuiet(code, why, deadline, quiet));
    }
  }

  /** Tells why, then closes. */
  void end(CloseCode code, RequestError why) {
    end(code, why.getMessage(), Optional.of(ErrorBody.of(why)));
  }

  /**
   * Closes.
   *
   * @param error frame before the close frame; empty for a peer that would not read it
   */
  void end(CloseCode code, String reason, Optional<ErrorBody> error) {
    if (over) {
      return;
    }
    over = true;
    if (!socket.isClosed()) {
      error.ifPresent(
          body -> socket.writeTextMessage(new ServerFrame.ErrorFrame(body, true).json()));
      socket.close(
          (short) code.number(), reason.substring(0, Math.min(REASON_CHARS, reason.length())));
      socket.resume();
    }
    farewell.begin();
    told.accept(code);
  }

  /** The socket is gone, whoever closed it. */
  void gone() {
    if (!over) {
      over = true;
      told.accept(CloseCode.NORMAL);
    }
  }
}
