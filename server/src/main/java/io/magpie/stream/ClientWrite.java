package io.magpie.stream;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The client's name for a write: unique for ever per sender.
 *
 * @param fingerprint of what was asked; the same id with another one is refused
 */
public record ClientWrite(UUID sender, UUID clientId, long fingerprint) {

  /** Fingerprint of the text form of a request. It guards against mistakes, not against attacks. */
  public static long fingerprint(String asked) {
    CRC32C crc = new CRC32C();
    byte[] bytes = asked.getBytes(StandardCharsets.UTF_8);
    crc.update(bytes);
    return crc.getValue() << 24 ^ asked.length();
  }
}
