package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.io.IOException;

/** What the codec's failures mean for the close code (traps.md, W2 and W7). */
final class Frames {
  private Frames() {}

  static CloseCode closeCode(Throwable failure) {
    if (failure instanceof TooLongFrameException) {
      return CloseCode.TOO_LARGE;
    }
    if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      return corrupted.closeStatus().code() == CloseCode.TOO_LARGE.number()
          ? CloseCode.TOO_LARGE
          : CloseCode.PROTOCOL_ERROR;
    }
    return failure instanceof IOException ? CloseCode.NORMAL : CloseCode.INTERNAL;
  }
}
