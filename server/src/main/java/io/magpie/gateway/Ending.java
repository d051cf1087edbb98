package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How one connection ends, once: at once, or when what is open was answered. On its event loop. */
final class Ending {
  private static final Duration QUIET_CHECK = Duration.ofMillis(20);

  private final Loop loop;
  private final Wire wire;
  private final Consumer<CloseCode> told;
  private Optional<RequestError> leaving = Optional.empty();
  private boolean over;

  /**
   * @param told that it has ended, once
   */
  Ending(Loop loop, Wire wire, Consumer<CloseCode> told) {
    this.loop = loop;
    this.wire = wire;
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
    if (!over) {
      byte[] error = new ServerFrame.ErrorFrame(ErrorBody.of(why), true).utf8();
      wire.write(WireFrames.text(wire.alloc(), error));
      end(code, why.getMessage());
    }
  }

  /** Closes without an error frame: the peer would not read or understand it. */
  void end(CloseCode code, String reason) {
    end(code, reason, false);
  }

  /** What has come in are no frames. */
  void malformed(CloseCode code, String reason) {
    end(code, reason, true);
  }

  private void end(CloseCode code, String reason, boolean corrupt) {
    if (!over) {
      over = true;
      wire.close(code, reason);
      Farewell.begin(wire.channel(), corrupt);
      told.accept(code);
    }
  }

  /** The socket is gone, whoever closed it. */
  void gone() {
    if (!over) {
      over = true;
      told.accept(CloseCode.NORMAL);
    }
  }
}
