package io.magpie.identity;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/**
 * The last row of a page: what the list is sorted by, then the id. Opaque to clients, so it may be
 * anything when it comes back.
 */
record PageCursor(String key, UUID id) {

  String encode() {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(16 + text.length);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).put(text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads one that a client sent.
   *
   * @throws RequestError {@code invalid_field}
   */
  static PageCursor decode(String encoded) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
      if (bytes.remaining() > 16) {
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        String key = StandardCharsets.UTF_8.decode(bytes).toString();
        if (Texts.storable(key)) {
          return new PageCursor(key, id);
        }
      }
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    throw refused();
  }

  /** The key as a time. */
  OffsetDateTime time() {
    try {
      OffsetDateTime time = OffsetDateTime.parse(key);
      if (time.getYear() >= 1970 && time.getYear() <= 9999) {
        return time;
      }
    } catch (DateTimeException e) {
      throw refused();
    }
    throw refused();
  }

  private static RequestError refused() {
    return RequestError.field(
        ErrorCode.INVALID_FIELD, "cursor", "cursor is not a cursor of this list.");
  }
}
