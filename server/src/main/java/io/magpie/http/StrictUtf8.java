package io.magpie.http;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text without guessing. */
final class StrictUtf8 {
  private StrictUtf8() {}

  /**
   * @throws RequestError {@code invalid_utf8}
   */
  static String decode(Buffer bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw RequestError.of(ErrorCode.INVALID_UTF8);
    }
  }
}
