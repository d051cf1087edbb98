package io.magpie.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8 strictly. One for each event loop: a reader of one's own would be most of the idle
 * state of a connection.
 */
final class Utf8 {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  String read(ByteBuf bytes) throws CharacterCodingException {
    return decoder.decode(bytes.nioBuffer()).toString();
  }

  String read(byte[] bytes) throws CharacterCodingException {
    return decoder.decode(ByteBuffer.wrap(bytes)).toString();
  }
}
