package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.io.IOException;

/**
 * What the codec's failures mean for the close code (the server itself would close without a code).
 */
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

  /** Whether nothing that still comes in can be understood as frames. */
  static boolean corrupt(Throwable failure) {
    return failure instanceof CorruptedFrameException || failure instanceof TooLongFrameException;
  }
}
